package dev.strandline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to bind a store to a server that has moved to another URL; see {@link Strandline#adopt}.
 * Immutable.
 *
 * @param formerAccount see {@link #from}; null where the store tells it
 * @param trusting see {@link #withoutWorkspaceId}
 */
public record AdoptRequest(@Nullable String formerAccount, boolean trusting) {

  /** The store tells whose it is, and the workspace's identity has to be the same. */
  public static AdoptRequest sameWorkspace() {
    return new AdoptRequest(null, false);
  }

  /**
   * The same for a store of an early version, which does not tell its server's URL: it has to be
   * the one of {@code formerAccount}.
   *
   * @param formerAccount {@code Transport.account()} of a transport for the former URL with the
   *     same user id
   */
  public AdoptRequest from(String formerAccount) {
    return new AdoptRequest(Objects.requireNonNull(formerAccount), trusting);
  }

  /**
   * The same, also where the store or the server does not tell the workspace's identity. Nothing is
   * taken on trust then: the next run reads every room whole. The user id has to be the same all
   * the same.
   */
  public AdoptRequest withoutWorkspaceId() {
    return new AdoptRequest(formerAccount, true);
  }
}
