package dev.strandline.testkit.server;

import java.util.Set;

/**
 * A user of the workspace, as of the moment it was asked for: renaming a user makes a new value
 * with the same id.
 *
 * @param id the {@code _id}; what {@code X-User-Id} carries
 * @param username the name used in mentions
 * @param name the display name
 * @param authToken what {@code X-Auth-Token} must carry
 * @param roles role names; {@code admin}, {@code bot} and {@code app} are not rate limited
 */
public record FakeUser(
    String id, String username, String name, String authToken, Set<String> roles) {
  /** Copies the roles. */
  public FakeUser {
    roles = Set.copyOf(roles);
  }

  /** Whether the rate limiter lets this user's calls pass uncounted. */
  boolean bypassesRateLimit() {
    return roles.contains("admin") || roles.contains("bot") || roles.contains("app");
  }

  FakeUser withUsername(String newUsername) {
    return new FakeUser(id, newUsername, name, authToken, roles);
  }
}
