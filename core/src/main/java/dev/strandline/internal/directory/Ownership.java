package dev.strandline.internal.directory;

import dev.strandline.error.StoreMismatchException;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import org.jspecify.annotations.Nullable;

/**
 * Whose a store is, for one run. A store belongs to nobody until a server has answered something
 * that needs the account's login: before that the URL may be mistyped, or the login refused, and
 * nothing is written. Two accounts in one file could not be told apart again.
 */
public final class Ownership {
  private final Store store;
  private final String account;
  private final RunJournal journal;
  private @Nullable StoreOwner before;
  private @Nullable String serverId;
  private volatile boolean settled;

  /**
   * @param account whose run it is
   */
  public Ownership(Store store, String account, RunJournal journal) {
    this.store = store;
    this.account = account;
    this.journal = journal;
  }

  /**
   * Checks that the store is the account's or nobody's. Begins the run's journal where it is the
   * account's already.
   *
   * @throws StoreMismatchException where it is another's; nothing was changed
   */
  public void check() {
    StoreOwner owner = store.read(reader -> reader.owner()).orElse(null);
    before = owner;
    Accounts.Match match = owner == null ? null : Accounts.match(owner.account(), account);
    if (owner != null && match == Accounts.Match.OTHER) {
      throw Accounts.mismatch(owner, new StoreOwner(account, null));
    }
    settled = match == Accounts.Match.SAME;
    if (settled) {
      store.write(
          writer -> {
            keepReadable(writer);
            journal.begin(writer);
            return account;
          });
    } else {
      journal.countFrom(store.read(reader -> reader.journalReach()));
    }
  }

  /** Early versions kept a digest in the place of the account. */
  private void keepReadable(StoreWriter writer) {
    StoreOwner owner = writer.owner().orElseThrow();
    if (!owner.account().equals(account)) {
      writer.putOwner(new StoreOwner(account, owner.serverId()));
    }
  }

  /** Whether the store belongs to the account, which the server has accepted in some run. */
  public boolean isSettled() {
    return settled;
  }

  /**
   * Takes note of what the workspace says of itself.
   *
   * @throws StoreMismatchException where the store's server seems to have changed from http to
   *     https, and another workspace answers there
   */
  public void heard(ServerFacts facts) {
    serverId = facts.uniqueId();
    StoreOwner owner = before;
    StoreOwner asked = new StoreOwner(account, serverId);
    if (!settled && owner != null && Accounts.areOfOtherWorkspaces(owner, asked)) {
      throw Accounts.mismatch(owner, asked);
    }
  }

  /**
   * Binds the store to the account, in the transaction that writes what the server has answered to
   * it. Does nothing where it belongs to it already.
   */
  void settle(StoreWriter writer) {
    if (!settled) {
      String known = before == null ? null : before.serverId();
      writer.putOwner(new StoreOwner(account, serverId != null ? serverId : known));
      journal.begin(writer);
      settled = true;
    }
  }
}
