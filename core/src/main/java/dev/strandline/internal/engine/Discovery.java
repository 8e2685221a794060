package dev.strandline.internal.engine;

import dev.strandline.GoneRooms;
import dev.strandline.Outcome;
import dev.strandline.SyncOptions;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
final class Discovery {
  private final Store store;
  private final Transport transport;
  private final Calls calls;
  private final SyncOptions options;
  private final Rounds rounds;
  private final LastMeeting meeting;
  private final Refusals refusals;
  private final ServerKnowledge server;
  private final RunJournal journal;
  private int left;
  private volatile @Nullable DirectoryAnswer confirmation;

  /**
   * @param remembered of earlier runs
   */
  Discovery(
      Store store,
      Transport transport,
      Calls calls,
      SyncOptions options,
      Remembered remembered,
      ServerKnowledge server,
      RunJournal journal) {
    this.store = store;
    this.transport = transport;
    this.calls = calls;
    this.options = options;
    this.rounds = remembered.rounds();
    this.meeting = remembered.meeting();
    this.refusals = remembered.refusals();
    this.server = server;
    this.journal = journal;
  }

  /**
   * What is known of one of the caller's rooms.
   *
   * @param failed whether the last run over it gained nothing
   * @param hasNews whether something happened in it, as far as the directory tells, or work on it
   *     is unfinished
   * @param unread whether there is something that the caller has not read
   * @param asOf up to when it is claimed
   */
  record Candidate(
      RoomId id,
      boolean failed,
      boolean hasNews,
      boolean unread,
      ServerTime lastMessageAt,
      ServerTime asOf) {

    /** The same room, with work left. */
    Candidate open() {
      return new Candidate(id, failed, true, unread, lastMessageAt, asOf);
    }
  }

  /**
   * Asks the server, and returns the caller's rooms: those with news first, of these the unread
   * ones and then the latest; then the stalest.
   */
  List<RoomId> run() {
    read();
    return inOrder(candidates(false, room -> true));
  }

  /**
   * The same, and only the rooms that it is time for: those with news, those on which work is not
   * finished, and those that were not read for so long that something may have happened that the
   * directory does not tell (facts 3.7).
   *
   * @param places how many rooms at most; what is {@link #left} over is for the next run
   * @param followsThreads whether threads may be asked for by themselves
   */
  List<RoomId> runForChanges(int places, boolean followsThreads) {
    read();
    Due due = new Due(calls.serverNow(), options.sweepWithin());
    List<Candidate> candidates =
        candidates(followsThreads, room -> !refusals.isLeftAlone(room)).stream()
            .filter(due::includes)
            .toList();
    List<RoomId> all = inOrder(candidates);
    List<RoomId> picked = rounds.pick(all, places);
    left = all.size() - picked.size();
    return picked;
  }

  /** How many rooms it was time for and no place. */
  int left() {
    return left;
  }

  private void read() {
    journal.ownPages().now(Purpose.DIRECTORY);
    DirectoryState known = store.read(reader -> reader.directory());
    @Nullable ServerTime since = usable(known.subscriptions());
    @Nullable ServerTime roomsSince = since == null ? null : usable(known.rooms());
    // Rooms first: of a room that is left in between, the list of rooms would not tell the news and
    // the list of subscriptions not yet the end, and its silence would be taken for none.
    DirectoryAnswer rooms = ask(calls, transport::rooms, roomsSince);
    DirectoryAnswer subscriptions = ask(calls, transport::subscriptions, since);
    store.write(
        writer -> {
          // An empty list is never believed: it would take every room away at once. And who stands
          // on a line that cannot be read is not missing.
          boolean isBelieved = since != null || !subscriptions.entries().isEmpty();
          boolean subscriptionsAreRead = isBelieved && subscriptions.unreadable().isEmpty();
          boolean roomsAreRead = rooms.unreadable().isEmpty();
          takeSubscriptions(writer, subscriptions, since == null && subscriptionsAreRead);
          takeRooms(writer, rooms);
          DirectoryState settled =
              new DirectoryState(
                  // A whole reading also takes back a position that was wrong.
                  subscriptionsAreRead
                      ? settled(since == null ? null : known.subscriptions(), subscriptions)
                      : known.subscriptions(),
                  roomsAreRead
                      ? settled(roomsSince == null ? null : known.rooms(), rooms)
                      : known.rooms(),
                  subscriptionsAreRead && roomsAreRead ? told(subscriptions, rooms) : null);
          writer.putDirectory(settled);
          journal.write(writer);
          return settled;
        });
  }

  /**
   * Whether the caller has a subscription to {@code room}, by a full reading (R12), of which one is
   * enough for a run. An empty list proves nothing: it is what a server shows while it starts.
   */
  Membership confirm(RoomId room, Session session) {
    DirectoryAnswer all = confirmation;
    if (all == null) {
      session.journal().now(Purpose.CONFIRM);
      all = ask(session.calls(), session.transport()::subscriptions, null);
      confirmation = all;
    }
    boolean inDoubt = all.entries().isEmpty() || !all.unreadable().isEmpty();
    return listed(all).contains(room)
        ? Membership.MEMBER
        : inDoubt ? Membership.UNKNOWN : Membership.GONE;
  }

  private static Set<RoomId> listed(DirectoryAnswer answer) {
    return answer.entries().stream().map(DirectoryEntry::room).collect(Collectors.toSet());
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
  private @Nullable ServerTime told(DirectoryAnswer subscriptions, DirectoryAnswer rooms) {
    ServerTime first = subscriptions.askedAt();
    ServerTime second = rooms.askedAt();
    if (first == null || second == null) {
      return null;
    }
    boolean confirmed = subscriptions.confirmed() && rooms.confirmed();
    Duration doubt = confirmed ? Duration.ZERO : Settlement.DATE_TOLERANCE;
    return ServerTime.max(
        ServerTime.EPOCH, ServerTime.min(first, second).minus(options.lookback().plus(doubt)));
  }

  private static @Nullable ServerTime later(@Nullable ServerTime a, @Nullable ServerTime b) {
    return a == null ? b : b == null ? a : ServerTime.max(a, b);
  }

  /**
   * @param isWhole whether the caller has left every room that is not listed
   */
  private void takeSubscriptions(StoreWriter writer, DirectoryAnswer answer, boolean isWhole) {
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
  void leave(StoreWriter writer, RoomId id) {
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

  private static @Nullable ServerTime asOf(RoomState state) {
    return state.claim() == null ? null : state.claim().asOf();
  }

  private void takeRooms(StoreWriter writer, DirectoryAnswer answer) {
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
    // Lists every room deleted on the whole server: those that are not known are not ours. And one
    // that is listed too has been there again since, as direct conversations are (facts 3.6).
    Set<RoomId> there = listed(answer);
    for (Removal removal : answer.removed()) {
      if (!removal.id().isEmpty() && removal.id().length() <= 512) {
        RoomId id = new RoomId(removal.id());
        writer
            .room(id)
            .filter(room -> room.membership() != Membership.GONE && !there.contains(id))
            .ifPresent(room -> leave(writer, id));
      }
    }
  }

  /**
   * @param withThreads whether threads to be asked for by themselves are looked for
   * @param wanted of the caller's rooms
   */
  private List<Candidate> candidates(boolean withThreads, Predicate<Room> wanted) {
    return store.read(
        reader -> {
          Map<Scope, ScopeRun> runs = new HashMap<>();
          reader.scopeRuns().forEach(run -> runs.put(run.scope(), run));
          List<Candidate> candidates = new ArrayList<>();
          for (Room room : reader.rooms()) {
            if (room.membership() == Membership.MEMBER && wanted.test(room)) {
              Candidate candidate = candidate(reader, room, runs.get(Scope.room(room.id())));
              // Threads are found on the way: a run that ended early has left some to be asked for.
              candidates.add(
                  withThreads && hasThreads(reader, room.id()) ? candidate.open() : candidate);
            }
          }
          return candidates;
        });
  }

  private boolean hasThreads(StoreReader reader, RoomId room) {
    return !ThreadsToFollow.of(reader, room, options.threads(), options.lookback()).isEmpty();
  }

  private Candidate candidate(StoreReader reader, Room room, @Nullable ScopeRun last) {
    RoomState state = reader.roomState(room.id()).orElse(null);
    ServerTime asOf = state == null ? null : asOf(state);
    boolean isOpen =
        state == null
            || asOf == null
            || isUnfinished(reader, state)
            || (last != null && !last.outcome().equals(Outcome.COMPLETE.word()));
    return new Candidate(
        room.id(),
        last != null && last.outcome().equals(Outcome.FAILED.word()),
        room.hasNews() || isOpen,
        room.unread() > 0,
        room.lastMessageAt() == null ? ServerTime.EPOCH : room.lastMessageAt(),
        asOf == null ? ServerTime.EPOCH : asOf);
  }

  /** Whether the next pass has more to do than to follow the feeds. */
  private boolean isUnfinished(StoreReader reader, RoomState state) {
    Coverage.Stale stale = state.stale();
    return state.reconciling() != null
        || (stale != null && stale.cause() != Coverage.Cause.SILENT_DELETIONS)
        || (!state.history().toBeginning()
            && reader.counts(state.room()).messages() < options.history().messages());
  }

  private static List<RoomId> inOrder(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        // A room that failed does not keep the others waiting for ever.
        Comparator.comparing(Candidate::failed)
            .thenComparing((Candidate c) -> !c.hasNews())
            .thenComparing((Candidate c) -> !(c.hasNews() && c.unread()))
            .thenComparing(
                c -> c.hasNews() ? -c.lastMessageAt().epochMilli() : c.asOf().epochMilli()));
    return sorted.stream().map(Candidate::id).toList();
  }
}
