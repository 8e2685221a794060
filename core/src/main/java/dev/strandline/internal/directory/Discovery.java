package dev.strandline.internal.directory;

import dev.strandline.SyncOptions;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.call.Heard;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.LastMeeting;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Membership;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Told;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller's rooms and keeps them in the store: two requests, incremental where the
 * directory was read before. Notices rooms that are no longer the caller's (R12), and which rooms
 * have news (R15).
 *
 * <p>Subscriptions say which rooms are the caller's; the rooms' own documents say when something
 * happened in them. Neither tells of edits and reactions to older messages (facts 3.7), so a room
 * without news is asked all the same, later.
 */
public final class Discovery {
  private final Store store;
  private final Transport transport;
  private final Calls calls;
  private final SyncOptions options;
  private final LastMeeting meeting;
  private final Memberships memberships;
  private final RunJournal journal;
  private volatile @Nullable DirectoryAnswer confirmation;

  public Discovery(
      Store store,
      Transport transport,
      Calls calls,
      SyncOptions options,
      LastMeeting meeting,
      Memberships memberships,
      RunJournal journal) {
    this.store = store;
    this.transport = transport;
    this.calls = calls;
    this.options = options;
    this.meeting = meeting;
    this.memberships = memberships;
    this.journal = journal;
  }

  /**
   * Both lists, as they were answered.
   *
   * @param roomsSince from when on the one tells what changed; null where it tells everything
   * @param since the same of the other
   */
  private record Lists(
      @Nullable ServerTime roomsSince,
      DirectoryAnswer rooms,
      @Nullable ServerTime since,
      DirectoryAnswer subscriptions) {

    /**
     * R10: days can go by between two requests, where a device sleeps, and who had left before is
     * not told any more.
     */
    boolean haveForgotten() {
      return (roomsSince != null && Horizon.passed(roomsSince, rooms.askedAt()))
          || (since != null && Horizon.passed(since, subscriptions.askedAt()));
    }
  }

  /** Asks for what has changed in both lists, and stores it with how far they are read. */
  public void run() {
    journal.ownPages().now(Purpose.DIRECTORY);
    DirectoryState known = store.read(reader -> reader.directory());
    @Nullable ServerTime since = usable(known.subscriptions());
    Lists changed = ask(since == null ? null : usable(known.rooms()), since);
    Lists lists = changed.haveForgotten() ? ask(null, null) : changed;
    store.write(
        writer -> {
          DirectoryState settled = take(writer, known, lists);
          writer.putDirectory(settled);
          journal.write(writer);
          return settled;
        });
  }

  private Lists ask(@Nullable ServerTime roomsSince, @Nullable ServerTime since) {
    // Rooms first: of a room that is left in between, the list of rooms would not tell the news and
    // the list of subscriptions not yet the end, and its silence would be taken for none.
    DirectoryAnswer rooms = ask(calls, transport::rooms, roomsSince);
    return new Lists(roomsSince, rooms, since, ask(calls, transport::subscriptions, since));
  }

  private DirectoryState take(StoreWriter writer, DirectoryState known, Lists lists) {
    DirectoryAnswer subscriptions = lists.subscriptions();
    DirectoryAnswer rooms = lists.rooms();
    boolean isWhole = lists.since() == null;
    // An empty list is never believed: it would take every room away at once. And who stands on a
    // line that cannot be read is not missing.
    boolean isBelieved = !isWhole || !subscriptions.entries().isEmpty();
    boolean subscriptionsAreRead = isBelieved && subscriptions.unreadable().isEmpty();
    boolean roomsAreRead = rooms.unreadable().isEmpty();
    memberships.takeSubscriptions(writer, subscriptions, isWhole && subscriptionsAreRead);
    memberships.takeRooms(writer, rooms, Memberships.listed(subscriptions));
    boolean areRead = subscriptionsAreRead && roomsAreRead;
    return new DirectoryState(
        // A whole reading also takes back a position that was wrong.
        subscriptionsAreRead
            ? settled(isWhole ? null : known.subscriptions(), subscriptions)
            : known.subscriptions(),
        roomsAreRead
            ? settled(lists.roomsSince() == null ? null : known.rooms(), rooms)
            : known.rooms(),
        areRead ? newsAsOf(subscriptions, rooms) : null,
        areRead ? told(subscriptions, rooms) : known.read());
  }

  /**
   * Whether the caller has a subscription to {@code room}, by a full reading (R12), of which one is
   * enough for a run. An empty list proves nothing: it is what a server shows while it starts.
   */
  public Membership confirm(RoomId room, Session session) {
    DirectoryAnswer all = confirmation;
    if (all == null) {
      session.journal().now(Purpose.CONFIRM);
      all = ask(session.calls(), session.transport()::subscriptions, null);
      confirmation = all;
    }
    boolean inDoubt = all.entries().isEmpty() || !all.unreadable().isEmpty();
    return Memberships.listed(all).contains(room)
        ? Membership.MEMBER
        : inDoubt ? Membership.UNKNOWN : Membership.GONE;
  }

  private static DirectoryAnswer ask(
      Calls asking,
      BiFunction<@Nullable ServerTime, Call, DirectoryAnswer> route,
      @Nullable ServerTime since) {
    return asking.ask(
        call -> {
          DirectoryAnswer answer = route.apply(since, call);
          asking.heard(answer.askedAt(), answer.confirmed());
          return answer;
        });
  }

  /** R10 holds for subscriptions and rooms too: after the horizon only a full reading will do. */
  private @Nullable ServerTime usable(@Nullable ServerTime settled) {
    ServerTime heard = calls.serverNow();
    ServerTime now = heard != null ? heard : meeting.serverNow();
    if (settled == null
        || now == null
        || Horizon.passed(settled, now)
        || Horizon.isAhead(settled, now, calls.doubt(options.lookback(), Horizon.BEYOND_DOUBT))) {
      return null;
    }
    return ServerTime.max(ServerTime.EPOCH, settled.minus(options.lookback()));
  }

  private static @Nullable ServerTime settled(@Nullable ServerTime before, DirectoryAnswer answer) {
    ServerTime newest = null;
    for (DirectoryEntry entry : answer.entries()) {
      newest = later(newest, entry.updatedAt());
    }
    for (Removal removal : answer.removed()) {
      newest = later(newest, removal.at());
    }
    // R6, and no further: a directory that had no news is read again from where it was.
    ServerTime reached =
        newest != null && answer.askedAt() != null
            ? ServerTime.min(newest, answer.askedAt())
            : newest;
    return later(before, reached);
  }

  /**
   * Up to when both have told of everything: a room's document is written when its message is
   * visible, and what carries an earlier stamp is by then visible too (R5).
   */
  private @Nullable ServerTime newsAsOf(DirectoryAnswer subscriptions, DirectoryAnswer rooms) {
    ServerTime first = subscriptions.askedAt();
    ServerTime second = rooms.askedAt();
    if (first == null || second == null) {
      return null;
    }
    boolean confirmed = subscriptions.confirmed() && rooms.confirmed();
    Duration doubt = confirmed ? Duration.ZERO : Heard.DATE_TOLERANCE;
    return ServerTime.max(
        ServerTime.EPOCH, ServerTime.min(first, second).minus(options.lookback().plus(doubt)));
  }

  private static Told told(DirectoryAnswer subscriptions, DirectoryAnswer rooms) {
    ServerTime first = subscriptions.askedAt();
    ServerTime second = rooms.askedAt();
    ServerTime stamp = later(settled(null, subscriptions), settled(null, rooms));
    return new Told(
        first == null || second == null ? null : ServerTime.min(first, second),
        stamp == null ? ServerTime.EPOCH : stamp);
  }

  private static @Nullable ServerTime later(@Nullable ServerTime a, @Nullable ServerTime b) {
    return a == null ? b : b == null ? a : ServerTime.max(a, b);
  }
}
