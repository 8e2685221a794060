package dev.strandline.internal.directory;

import dev.strandline.SyncOptions;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.feed.Settlement;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Membership;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Told;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
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
  private final Memberships memberships;
  private final Ownership ownership;
  private final RunJournal journal;
  private final Unreadables unreadables;
  private volatile @Nullable DirectoryAnswer confirmation;

  public Discovery(
      Store store,
      Transport transport,
      Calls calls,
      SyncOptions options,
      Memberships memberships,
      Ownership ownership,
      RunJournal journal,
      DeviceClock clock) {
    this.store = store;
    this.transport = transport;
    this.calls = calls;
    this.options = options;
    this.memberships = memberships;
    this.ownership = ownership;
    this.journal = journal;
    this.unreadables = new Unreadables(store, clock);
  }

  /** One of the lists, and when it was asked for. */
  private record Listed(DirectoryAnswer answer, AskedAt asked) {
    Listed withRemovedOf(Listed earlier) {
      return new Listed(answer.withRemoved(earlier.answer().removed()), asked);
    }
  }

  /**
   * Both lists, as they were answered.
   *
   * @param roomsSince from when on the one tells what changed; null where it tells everything
   * @param since the same of the other
   */
  private record Lists(
      @Nullable ServerTime roomsSince,
      Listed rooms,
      @Nullable ServerTime since,
      Listed subscriptions) {

    /** These whole lists with what {@code changed} has told to be gone, which they do not tell. */
    Lists after(Lists changed) {
      return new Lists(
          roomsSince,
          rooms.withRemovedOf(changed.rooms()),
          since,
          subscriptions.withRemovedOf(changed.subscriptions()));
    }
  }

  /**
   * Asks for what has changed in both lists, and stores it with how far they are read. The server
   * answers to an account that it accepts: the store is bound to it where it is nobody's yet.
   */
  public void run() {
    journal.ownPages().now(Purpose.DIRECTORY);
    DirectoryState known = store.read(reader -> reader.directory());
    @Nullable ServerTime since = usable(known.subscriptions(), known);
    Lists changed = ask(since == null ? null : usable(known.rooms(), known), since);
    boolean needsWhole =
        haveForgotten(changed, known)
            || unreadables.needWholeLists(
                changed.subscriptions().answer(), changed.rooms().answer());
    boolean isWhole = changed.roomsSince() == null && changed.since() == null;
    Lists lists = needsWhole && !isWhole ? ask(null, null).after(changed) : changed;
    store.write(
        writer -> {
          ownership.settle(writer);
          DirectoryState settled = take(writer, known, lists);
          writer.putDirectory(settled);
          journal.write(writer);
          return settled;
        });
  }

  private Lists ask(@Nullable ServerTime roomsSince, @Nullable ServerTime since) {
    // Rooms first: of a room that is left in between, the list of rooms would not tell the news and
    // the list of subscriptions not yet the end, and its silence would be taken for none.
    Listed rooms = ask(calls, transport::rooms, roomsSince);
    return new Lists(roomsSince, rooms, since, ask(calls, transport::subscriptions, since));
  }

  /**
   * R10: days can go by between two requests, where a device sleeps, and who had left before is not
   * told any more.
   */
  private boolean haveForgotten(Lists lists, DirectoryState known) {
    return lists.since() != null
        && known.read() != null
        && (Horizon.passed(known.read(), told(lists.rooms()))
            || Horizon.passed(known.read(), told(lists.subscriptions())));
  }

  private Told told(Listed listed) {
    return calls.clock().told(listed.asked(), listed.answer().askedAt());
  }

  private DirectoryState take(StoreWriter writer, DirectoryState known, Lists lists) {
    DirectoryAnswer subscriptions = lists.subscriptions().answer();
    DirectoryAnswer rooms = lists.rooms().answer();
    boolean isWhole = lists.since() == null;
    // An empty list is never believed: it would take every room away at once. And who stands on a
    // line that cannot be read is not missing.
    boolean isBelieved = !isWhole || !subscriptions.entries().isEmpty();
    boolean subscriptionsAreRead = isBelieved && subscriptions.unreadable().isEmpty();
    boolean roomsAreRead = rooms.unreadable().isEmpty();
    unreadables.take(writer, DirectoryList.SUBSCRIPTIONS, subscriptions, isWhole);
    unreadables.take(writer, DirectoryList.ROOMS, rooms, lists.roomsSince() == null);
    memberships.takeSubscriptions(writer, subscriptions, isWhole && subscriptionsAreRead);
    memberships.takeRooms(writer, rooms, Memberships.listed(subscriptions));
    boolean areRead = subscriptionsAreRead && roomsAreRead;
    return new DirectoryState(
        // A whole reading also takes back a position that was wrong.
        subscriptionsAreRead
            ? settled(isWhole ? null : known.subscriptions(), lists.subscriptions())
            : known.subscriptions(),
        roomsAreRead
            ? settled(lists.roomsSince() == null ? null : known.rooms(), lists.rooms())
            : known.rooms(),
        areRead ? newsAsOf(lists) : null,
        areRead ? told(lists.rooms()) : known.read());
  }

  /**
   * The caller's place in {@code room}, by a full reading (R12). One such reading is enough for a
   * run. An empty list proves nothing: it is what a server shows while it starts.
   */
  public Confirmation confirm(RoomId room, Session session) {
    DirectoryAnswer all = confirmation;
    if (all == null) {
      session.journal().now(Purpose.CONFIRM);
      all = ask(session.calls(), session.transport()::subscriptions, null).answer();
      confirmation = all;
    }
    boolean inDoubt = all.entries().isEmpty() || !all.unreadable().isEmpty();
    return all.entries().stream()
        .filter(entry -> entry.room().equals(room))
        .findFirst()
        .map(entry -> new Confirmation(entry.membership(), entry))
        .orElseGet(() -> new Confirmation(inDoubt ? Membership.UNKNOWN : Membership.GONE, null));
  }

  private static Listed ask(
      Calls asking,
      BiFunction<@Nullable ServerTime, Call, DirectoryAnswer> route,
      @Nullable ServerTime since) {
    return asking.ask(
        call -> {
          DirectoryAnswer answer = route.apply(since, call);
          asking.heard(answer.askedAt(), answer.confirmed());
          asking.showed(newest(answer));
          return new Listed(answer, asking.asked());
        });
  }

  /**
   * From when on a list is asked for what changed, which is settled up to {@code settled}; null for
   * everything: after the horizon (R10), and where the server's clock has gone back.
   */
  private @Nullable ServerTime usable(@Nullable ServerTime settled, DirectoryState known) {
    if (settled == null
        || known.read() == null
        || Horizon.passed(known.read(), calls.clock().told())
        || calls.clock().isBehind(settled, options.lookback())) {
      return null;
    }
    ServerTime from = Settlement.from(FeedPosition.anchoredAt(settled), calls.asking());
    return ServerTime.max(ServerTime.EPOCH, from.minus(options.lookback()));
  }

  /** R6: up to when it was asked for, or to the latest stamp that it shows and that has passed. */
  private static @Nullable ServerTime settled(@Nullable ServerTime before, Listed listed) {
    ServerTime passed = listed.asked().passed();
    if (passed != null) {
      return passed;
    }
    ServerTime newest = newest(listed.answer());
    // A directory that had no news is read again from where it was.
    return newest == null
        ? before
        : Session.later(before, Settlement.beginning(listed.asked(), newest).settled());
  }

  private static @Nullable ServerTime newest(DirectoryAnswer answer) {
    ServerTime newest = null;
    for (DirectoryEntry entry : answer.entries()) {
      newest = Session.later(newest, entry.updatedAt());
    }
    for (Removal removal : answer.removed()) {
      newest = Session.later(newest, removal.at());
    }
    return newest;
  }

  /**
   * Up to when both have told of everything: a room's document is written when its message is
   * visible, and what carries an earlier stamp is by then visible too (R5). Null where nothing
   * confirms when they were asked for.
   */
  private @Nullable ServerTime newsAsOf(Lists lists) {
    ServerTime first = lists.rooms().asked().passed();
    ServerTime second = lists.subscriptions().asked().passed();
    return first == null || second == null
        ? null
        : ServerTime.max(ServerTime.EPOCH, ServerTime.min(first, second).minus(options.lookback()));
  }
}
