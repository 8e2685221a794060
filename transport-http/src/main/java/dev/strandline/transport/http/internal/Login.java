package dev.strandline.transport.http.internal;

import java.util.Map;

/**
 * The values that authorise a request.
 *
 * @param userId {@code X-User-Id}
 * @param authToken {@code X-Auth-Token}
 */
public record Login(String userId, String authToken) {

  void addTo(Map<String, String> headers) {
    headers.put("X-User-Id", userId);
    headers.put("X-Auth-Token", authToken);
  }

  Secrets secrets() {
    return new Secrets(authToken, userId);
  }

  @Override
  public String toString() {
    return "Login[withheld]";
  }

  /** Where logins come from. Safe for several threads. */
  public interface Source {

    Login current();

    /**
     * A login to use instead of one that the server has refused.
     *
     * @throws dev.strandline.error.NotAuthorizedException where there is none
     */
    Login insteadOf(Login refused);
  }
}
