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
    answer.entries().forEach(entry -> join(writer, entry));
    if (isWhole) {
      Set<RoomId> mine = listed(answer);
      for (Room room : writer.rooms()) {
        if (room.membership() == Membership.MEMBER && !mine.contains(room.id())) {
          leave(writer, room.id());
        }
      }
    }
  }

  private void join(StoreWriter writer, DirectoryEntry entry) {
    Room before = writer.room(entry.room()).orElse(Room.builder(entry.room()).build());
    Room after =
        before.toBuilder()
            .name(entry.name() != null ? entry.name() : before.name())
            .type(entry.type() != RoomType.OTHER ? entry.type() : before.type())
            .membership(Membership.MEMBER)
            .subscriptionId(entry.id())
            .unread(entry.unread())
            .subscriptionJson(entry.json())
            .build();
    if (!after.equals(before)) {
      writer.putRoom(after.toBuilder().news(true).build());
    }
    if (before.membership() == Membership.GONE) {
      regain(writer, entry.room());
    }
  }

  private static void regain(StoreWriter writer, RoomId room) {
    writer
        .roomState(room)
        .ifPresent(state -> writer.putRoomState(state.distrusted(Coverage.Cause.REGAINED)));
  }

  /** R12: what is stored stays as it is, and says so; or it goes, as configured. */
  public void leave(StoreWriter writer, RoomId id) {
    if (options.goneRooms() == GoneRooms.PURGE) {
      writer.purge(id);
    }
    Room room = writer.room(id).orElse(Room.builder(id).build());
    // The subscription is no more: lookback, which tells of its end again, finds nothing by it.
    writer.putRoom(room.toBuilder().membership(Membership.GONE).subscriptionId(null).build());
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
