package dev.strandline.transport.http;

import dev.strandline.error.NotAuthorizedException;

/**
 * Where a transport gets its credentials from, before every request, and newer ones when the server
 * refuses those. Must be safe for several threads.
 *
 * <p>All that it ever supplies must be of one account: a transport refuses to go on with another
 * user's, since the messages of two accounts must not be mixed in one store.
 */
@FunctionalInterface
public interface CredentialsProvider {

  /** The credentials to use now. Called often, so it should be quick. */
  Credentials current();

  /**
   * Supplies newer credentials, for example by a new login; from then on {@link #current()}
   * supplies them too. Called at most once for a request, and by one thread of a transport at a
   * time.
   *
   * @param refused what the server has refused
   * @throws NotAuthorizedException where there are none, as by default
   */
  default Credentials renew(Credentials refused) {
    throw new NotAuthorizedException(
        "The server refuses the credentials, and there is no way to renew them:"
            + " log in again and supply the new user id and auth token.");
  }

  /** Supplies always the same. */
  static CredentialsProvider fixed(Credentials credentials) {
    return () -> credentials;
  }
}
