package dev.strandline.spi;

import org.jspecify.annotations.Nullable;

/**
 * Whose messages a store holds.
 *
 * @param account {@link Transport#account()} of the transport that filled it
 * @param serverId the workspace's identity where the server tells it (R10: a workspace that was
 *     replaced is another one)
 */
public record StoreOwner(String account, @Nullable String serverId) {

  /**
   * The text that names an account of an HTTP server: its URL, a space and the user id. Neither of
   * them can hold a space.
   *
   * @param server the server's URL in the one form in which URLs are compared: scheme and host in
   *     lower case, without a default port and without a slash at the end
   */
  public static String accountOf(String server, String userId) {
    if (server.indexOf(' ') >= 0 || userId.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("neither the server nor the user id may hold a space");
    }
    return server + ' ' + userId;
  }

  /** The server's URL; null where the account does not tell it, as in files of early versions. */
  public @Nullable String server() {
    int space = space();
    return space < 0 ? null : account.substring(0, space);
  }

  /** The account's user id; null where the account does not tell it. */
  public @Nullable String userId() {
    int space = space();
    return space < 0 ? null : account.substring(space + 1);
  }

  private int space() {
    int space = account.indexOf(' ');
    boolean isUrl = account.startsWith("https://") || account.startsWith("http://");
    return isUrl && space == account.lastIndexOf(' ') ? space : -1;
  }

  /** Account and workspace for people, as far as they are known. */
  public String inWords() {
    String url = server();
    String workspace = serverId == null ? "" : ", workspace id " + serverId;
    return url == null
        ? "an account whose address was not kept in readable form" + workspace
        : url + " (user id " + userId() + workspace + ")";
  }
}
