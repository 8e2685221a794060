package dev.strandline.cli.inspect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token of the printed link, which is good for one session, and that session's key.
 *
 * <p>The key travels in the Authorization header and the page keeps it in the storage of its
 * origin. A cookie would go to every other server on this machine too: cookies know no ports. Safe
 * for several threads.
 */
final class Keys {
  private static final int BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String token = random();
  private final String session = random();
  private boolean used;

  /** For the link; whoever has it first gets the session. */
  String token() {
    return token;
  }

  /** The session's key in exchange for the token; empty for another one, or the second time. */
  synchronized Optional<String> exchange(@Nullable String given) {
    if (used || given == null || !same(given, token)) {
      return Optional.empty();
    }
    used = true;
    return Optional.of(session);
  }

  /** Whether an Authorization header carries the session's key, and the session was begun. */
  synchronized boolean opens(String authorization) {
    return used && same(authorization, SCHEME + session);
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
