package dev.strandline.internal.directory;

import dev.strandline.error.StoreMismatchException;
import dev.strandline.spi.StoreOwner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compares the account that a store was filled for with the one that asks now. */
public final class Accounts {
  private static final String HTTPS = "https:";
  private static final String HTTP = "http:";
  private static final int DIGEST_DIGITS = 32;

  private Accounts() {}

  /** What two accounts are to each other. */
  public enum Match {
    /** The same, written in the same way or as early versions wrote it. */
    SAME,
    /** The same user id on the same host, which was reached over http and now is over https. */
    UPGRADED,
    OTHER
  }

  /**
   * Compares.
   *
   * @param stored what the store keeps
   * @param asked what {@code Transport.account()} says
   */
  public static Match match(String stored, String asked) {
    if (stored.equals(asked) || stored.equals(digest(asked))) {
      return Match.SAME;
    }
    if (asked.startsWith(HTTPS)) {
      String unencrypted = HTTP + asked.substring(HTTPS.length());
      if (stored.equals(unencrypted) || stored.equals(digest(unencrypted))) {
        return Match.UPGRADED;
      }
    }
    return Match.OTHER;
  }

  /** Whether both workspaces are known and are not the same. */
  public static boolean areOfOtherWorkspaces(StoreOwner owner, StoreOwner asked) {
    return owner.serverId() != null
        && asked.serverId() != null
        && !owner.serverId().equals(asked.serverId());
  }

  /** The refusal of a store that is {@code owner}'s to a run of {@code asked}. */
  public static StoreMismatchException mismatch(StoreOwner owner, StoreOwner asked) {
    return new StoreMismatchException(
        "This store belongs to "
            + owner.inWords()
            + ", not to "
            + asked.inWords()
            + ", and nothing was changed. "
            + advice(owner, asked),
        null);
  }

  private static String advice(StoreOwner owner, StoreOwner asked) {
    String id = owner.userId();
    if (id != null && !id.equals(asked.userId())) {
      return "Use the credentials of user id "
          + id
          + ", or a file of its own for each account and server.";
    }
    if (areOfOtherWorkspaces(owner, asked)) {
      return "Another workspace answers at that URL: use a file of its own for it.";
    }
    return "If the server has moved to that URL, bind the store to it with Strandline.adopt (strandline"
        + " adopt --db FILE --server URL); otherwise use a file of its own for each account and"
        + " server.";
  }

  /** What early versions kept of an account; the account itself where it is no URL and user id. */
  private static String digest(String account) {
    StoreOwner parts = new StoreOwner(account, null);
    if (parts.server() == null) {
      return account;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((parts.server() + '\n' + parts.userId()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
