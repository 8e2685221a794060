package dev.strandline.internal.engine;

import dev.strandline.AdoptRequest;
import dev.strandline.error.StoreMismatchException;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.directory.Accounts;
import dev.strandline.internal.directory.Accounts.Match;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.Transport;

/**
 * Binds a store to its server at another URL. The user id has to be the same, since two accounts in
 * one file could not be told apart; the server has to accept the login; and the workspace has to be
 * the same, or everything is doubted.
 */
final class Adoption {
  private final Store store;
  private final Transport transport;
  private final Calls calls;
  private final AdoptRequest request;

  Adoption(Store store, Transport transport, Calls calls, AdoptRequest request) {
    this.store = store;
    this.transport = transport;
    this.calls = calls;
    this.request = request;
  }

  StoreOwner run() {
    StoreOwner owner =
        store
            .read(reader -> reader.owner())
            .orElseThrow(
                () ->
                    new StoreMismatchException(
                        "This store belongs to nobody yet, so there is nothing to move: the first"
                            + " sync binds it to the server that it is given.",
                        null));
    if (Accounts.match(owner.account(), transport.account()) == Match.SAME) {
      return owner;
    }
    requireSameUser(owner);
    calls.clock().forget();
    ServerFacts facts = calls.ask(call -> heard(transport.facts(call)));
    StoreOwner asked = new StoreOwner(transport.account(), facts.uniqueId());
    boolean isSameWorkspace = isSameWorkspace(owner, asked);
    // Settings are shown to anybody; subscriptions only to an account that the server accepts.
    calls.ask(call -> transport.subscriptions(facts.askedAt(), call));
    String workspace = asked.serverId() != null ? asked.serverId() : owner.serverId();
    StoreOwner adopted = new StoreOwner(asked.account(), workspace);
    store.write(
        writer -> {
          if (!isSameWorkspace) {
            Handshake.distrust(writer);
          }
          writer.putOwner(adopted);
          return adopted;
        });
    return adopted;
  }

  private ServerFacts heard(ServerFacts facts) {
    calls.heard(facts.askedAt(), facts.confirmed());
    return facts;
  }

  private void requireSameUser(StoreOwner owner) {
    StoreOwner asked = new StoreOwner(transport.account(), null);
    String former = request.formerAccount();
    StoreOwner known = owner;
    if (former != null) {
      StoreOwner named = new StoreOwner(former, owner.serverId());
      if (Accounts.match(owner.account(), former) != Match.SAME) {
        throw new StoreMismatchException(
            "This store belongs to "
                + owner.inWords()
                + ", not to "
                + named.inWords()
                + ", and nothing was changed. Check the former URL and the credentials: both have to"
                + " be those that the store was filled with.",
            null);
      }
      known = named;
    }
    if (known.userId() == null) {
      throw new StoreMismatchException(
          "This store does not tell its server's URL, and nothing was changed. Name the former URL"
              + " too, by which it is recognised: AdoptRequest.from (strandline adopt --from URL).",
          null);
    }
    if (!known.userId().equals(asked.userId())) {
      throw Accounts.mismatch(known, asked);
    }
  }

  private boolean isSameWorkspace(StoreOwner owner, StoreOwner asked) {
    if (Accounts.areOfOtherWorkspaces(owner, asked)) {
      throw Accounts.mismatch(owner, asked);
    }
    boolean isKnown = owner.serverId() != null && asked.serverId() != null;
    if (!isKnown && !request.trusting()) {
      throw new StoreMismatchException(
          (owner.serverId() == null ? "This store does" : "The server at that URL does")
              + " not tell the workspace's id, so that it cannot be known to be the same workspace;"
              + " nothing was changed. Where you are certain that it is, bind it all the same, and"
              + " every room is compared whole: AdoptRequest.withoutWorkspaceId (strandline adopt"
              + " --force).",
          null);
    }
    return isKnown;
  }
}
