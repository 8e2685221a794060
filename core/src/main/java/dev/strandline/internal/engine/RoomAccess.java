package dev.strandline.internal.engine;

import dev.strandline.error.RoomUnavailableException;
import dev.strandline.internal.directory.Confirmation;
import dev.strandline.internal.directory.Discovery;
import dev.strandline.internal.directory.Memberships;
import dev.strandline.internal.directory.Refusals;
import dev.strandline.internal.feed.Session;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.spi.StoreWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the server lets rooms be read, as a run finds out by reading them (R12). For several
 * threads.
 */
final class RoomAccess {
  private final Discovery discovery;
  private final Memberships memberships;
  private final Refusals refusals;
  private final Set<RoomId> refused = ConcurrentHashMap.newKeySet();

  /**
   * @param refusals of earlier runs, too
   */
  RoomAccess(Discovery discovery, Memberships memberships, Refusals refusals) {
    this.discovery = discovery;
    this.memberships = memberships;
    this.refusals = refusals;
  }

  /** Whether this run was refused {@code room}. */
  boolean isRefused(RoomId room) {
    return refused.contains(room);
  }

  /** Does {@code work} on a room, and takes note of whether the server let it be read. */
  void read(Session session, RoomId room, Runnable work) {
    try {
      work.run();
    } catch (RoomUnavailableException e) {
      refused.add(room);
      lose(session, room);
      throw e;
    }
    session.commits().soon(writer -> wasRead(writer, room));
  }

  /** A refusal means gone or forbidden; the subscriptions tell, before anything is done. */
  private void lose(Session session, RoomId room) {
    Confirmation told = discovery.confirm(room, session);
    session
        .commits()
        .soon(
            writer -> {
              memberships.settle(writer, room, told);
              writer
                  .room(room)
                  .filter(known -> known.membership() != Membership.GONE)
                  .ifPresent(refusals::note);
            });
  }

  /** A room that was read: also where the caller has no subscription to it. */
  private static void wasRead(StoreWriter writer, RoomId id) {
    Room before = writer.room(id).orElse(Room.builder(id).build());
    Room.Builder after = before.toBuilder().news(false);
    if (before.membership() == Membership.UNKNOWN || before.membership() == Membership.GONE) {
      after.membership(Membership.READER);
    }
    if (!after.build().equals(before)) {
      writer.putRoom(after.build());
    }
  }
}
