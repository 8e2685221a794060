package dev.strandline.transport.http;

/**
 * What identifies the caller to the server: the {@code X-User-Id} and {@code X-Auth-Token} of a
 * login or of a personal access token.
 *
 * <p>Neither value appears in {@link #toString()}, in messages or in logs.
 *
 * @param userId the account's id (not its user name)
 * @param authToken the secret
 */
public record Credentials(String userId, String authToken) {

  /**
   * @throws IllegalArgumentException where a value is empty or holds what no HTTP header can carry,
   *     such as a line break from a file
   */
  public Credentials {
    check(userId, "the user id");
    check(authToken, "the auth token");
  }

  private static void check(String value, String what) {
    // Refused here, because the HTTP client would quote the value in its own complaint.
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          what
              + " must be visible ASCII characters without spaces or line breaks, and is "
              + (value.isEmpty() ? "empty" : "not (" + value.length() + " characters)"));
    }
  }

  @Override
  public String toString() {
    return "Credentials[withheld]";
  }
}
