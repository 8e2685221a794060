package dev.strandline.internal.directory;

import dev.strandline.GoneRooms;
import dev.strandline.SyncOptions;
import dev.strandline.internal.feed.ServerKnowledge;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rooms are the caller's, and what their documents say, as the directory tells it. Rooms come
 * and go by it (R12), and have news (R15).
 */
public final class Memberships {
  private final SyncOptions options;
  private final ServerKnowledge server;

  public Memberships(SyncOptions options, ServerKnowledge server) {
    this.options = options;
    this.server = server;
  }

  /** The rooms that {@code answer} is about. */
  static Set<RoomId> listed(DirectoryAnswer answer) {
    return answer.entries().stream().map(DirectoryEntry::room).collect(Collectors.toSet());
  }

  /**
   * Takes in what is told of the caller's subscriptions.
   *
   * @param isWhole whether the caller has left every room that is not listed
   */
  void takeSubscriptions(StoreWriter writer, DirectoryAnswer answer, boolean isWhole) {
    for (Removal removal : answer.removed()) {
      writer.roomOfSubscription(removal.id()).ifPresent(room -> leave(writer, room));
    }
    answer.entries().forEach(entry -> take(writer, entry));
    if (isWhole) {
      Set<RoomId> mine = listed(answer);
      for (Room room : writer.rooms()) {
        boolean wasListed = room.membership() == Membership.MEMBER || room.subscriptionId() != null;
        if (wasListed && !mine.contains(room.id())) {
          leave(writer, room.id());
        }
      }
    }
  }

  /** Takes in what a whole list, asked for because of one room, has told of that room. */
  public void settle(StoreWriter writer, RoomId id, Confirmation told) {
    Room before = writer.room(id).orElse(null);
    DirectoryEntry subscription = told.subscription();
    if (subscription != null) {
      boolean isNews =
          before == null
              || before.membership() != subscription.membership()
              || !subscription.id().equals(before.subscriptionId());
      if (isNews) {
        take(writer, subscription);
      }
    } else if (before != null && told.membership() == Membership.GONE) {
      leave(writer, id);
    }
  }

  /** Takes in one subscription that is there. */
  private void take(StoreWriter writer, DirectoryEntry entry) {
    RoomId id = entry.room();
    Room before = writer.room(id).orElse(Room.builder(id).build());
    if (before.subscriptionId() != null && !before.subscriptionId().equals(entry.id())) {
      // R12: the old subscription has ended, and what happened until the new one was not seen. A
      // direct conversation that is begun again has the id of the deleted one.
      leave(writer, id);
      before = writer.room(id).orElse(before);
    }
    boolean wasMine = before.membership() == Membership.MEMBER;
    boolean isBanned = entry.membership() == Membership.BANNED;
    boolean isInvited = entry.membership() == Membership.INVITED;
    if ((isBanned && before.membership() != Membership.BANNED) || (isInvited && wasMine)) {
      freeze(writer, id);
    }
    describe(writer, before, entry);
    if (entry.membership() == Membership.MEMBER && isFrozen(writer, before)) {
      regain(writer, id);
    }
  }

  private static boolean isFrozen(StoreWriter writer, Room room) {
    return switch (room.membership()) {
      case GONE, BANNED -> true;
      case INVITED ->
          writer
              .roomState(room.id())
              .map(RoomState::stale)
              .filter(stale -> stale.cause() == Coverage.Cause.GONE)
              .isPresent();
      case UNKNOWN, MEMBER, READER -> false;
    };
  }

  private static void describe(StoreWriter writer, Room before, DirectoryEntry entry) {
    Room after =
        before.toBuilder()
            .name(entry.name() != null ? entry.name() : before.name())
            .type(entry.type() != RoomType.OTHER ? entry.type() : before.type())
            .membership(entry.membership())
            .subscriptionId(entry.id())
            .unread(entry.unread())
            .subscriptionJson(entry.json())
            .build();
    if (!after.equals(before)) {
      writer.putRoom(after.toBuilder().news(true).build());
    }
  }

  private static void regain(StoreWriter writer, RoomId room) {
    writer
        .roomState(room)
        .ifPresent(state -> writer.putRoomState(state.distrusted(Coverage.Cause.REGAINED)));
  }

  /** R12: what is stored stays as it is, and says so; or it goes, as configured. */
  public void leave(StoreWriter writer, RoomId id) {
    freeze(writer, id);
    Room room = writer.room(id).orElse(Room.builder(id).build());
    // The subscription is no more: lookback, which tells of its end again, finds nothing by it.
    writer.putRoom(room.toBuilder().membership(Membership.GONE).subscriptionId(null).build());
  }

  private void freeze(StoreWriter writer, RoomId id) {
    if (options.goneRooms() == GoneRooms.PURGE) {
      writer.purge(id);
    }
    writer.forgetSeen(id);
    writer
        .roomState(id)
        .ifPresent(
            state -> {
              // A room that is doubted already keeps what it was last known to be.
              ServerTime whole =
                  state.stale() == null ? server.certain(state.lastWhole()) : state.lastWhole();
              writer.putRoomState(
                  state
                      .withStale(new Coverage.Stale(whole, Coverage.Cause.GONE))
                      .withReconciling(null));
            });
  }

  /**
   * Takes in what the rooms' own documents tell.
   *
   * @param subscribed the rooms of which a later answer has told that they are the caller's
   */
  void takeRooms(StoreWriter writer, DirectoryAnswer answer, Set<RoomId> subscribed) {
    for (DirectoryEntry entry : answer.entries()) {
      Room before = writer.room(entry.room()).orElse(Room.builder(entry.room()).build());
      Room after =
          before.toBuilder()
              // A subscription knows the better name: a direct conversation's partner.
              .name(before.subscriptionId() != null ? before.name() : entry.name())
              .type(entry.type() != RoomType.OTHER ? entry.type() : before.type())
              .updatedAt(entry.updatedAt())
              .lastMessageAt(entry.lastMessageAt())
              .otherClocks(entry.otherClocks())
              .roomJson(entry.json())
              .build();
      if (!after.equals(before)) {
        writer.putRoom(after.toBuilder().news(true).build());
      }
    }
    if (!answer.removed().isEmpty()) {
      leaveRemoved(writer, answer, subscribed);
    }
  }

  /**
   * The answer names every room deleted on the whole server: those that are not known are not ours.
   * And one that is listed, too, has been there again since, as direct conversations are (facts
   * 3.6).
   */
  private void leaveRemoved(StoreWriter writer, DirectoryAnswer answer, Set<RoomId> subscribed) {
    Set<String> removed = answer.removed().stream().map(Removal::id).collect(Collectors.toSet());
    Set<RoomId> there = listed(answer);
    for (Room room : writer.rooms()) {
      RoomId id = room.id();
      if (room.membership() != Membership.GONE
          && removed.contains(id.value())
          && !there.contains(id)
          && !subscribed.contains(id)) {
        leave(writer, id);
      }
    }
  }
}
