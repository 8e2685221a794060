package dev.strandline.samples.backend;

import dev.strandline.transport.http.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * One account: who it is to Rocket.Chat, and how its app shows that it may read the copy.
 *
 * @param name the name in URLs and of the file
 * @param server the Rocket.Chat server
 * @param allowPlainHttp whether the credentials may go to it unencrypted
 * @param credentials what Rocket.Chat knows it by
 * @param token what its app sends as bearer
 */
record Account(
    String name, URI server, boolean allowPlainHttp, Credentials credentials, Token token) {

  /** A secret that can be compared and not be read. */
  static final class Token {
    /** Of an account that is not there: nothing matches it. */
    static final Token NOBODYS = new Token(UUID.randomUUID().toString());

    private final byte[] digest;

    Token(String secret) {
      digest = sha256(secret);
    }

    /** Takes as long for a token that is nearly right as for one that is not at all. */
    boolean matches(String offered) {
      return MessageDigest.isEqual(digest, sha256(offered));
    }
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Account[" + name + " on " + server + "]";
  }
}
