package dev.strandline.internal.directory;

import dev.strandline.Outcome;
import dev.strandline.SyncOptions;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.feed.Questions;
import dev.strandline.internal.feed.ThreadsToFollow;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which of the caller's rooms a run may work on, and in what order. */
public final class Candidates {
  private final Store store;
  private final SyncOptions options;
  private final Rounds rounds;
  private final Refusals refusals;
  private int left;

  /**
   * @param rounds of earlier runs
   * @param refusals of earlier runs
   */
  public Candidates(Store store, SyncOptions options, Rounds rounds, Refusals refusals) {
    this.store = store;
    this.options = options;
    this.rounds = rounds;
    this.refusals = refusals;
  }

  /**
   * All of them: those with news first, of these the unread ones and then the latest; then the
   * stalest.
   */
  public List<RoomId> all() {
    return inOrder(find(false, null, room -> true));
  }

  /**
   * Those that it is time for, in the same order: with news, with unfinished work, and those that
   * were not read for so long that something may have happened that the directory does not tell
   * (facts 3.7).
   *
   * @param clock the server's
   * @param places how many rooms at most; what is {@link #left} over is for the next run
   * @param followsThreads whether threads may be asked for by themselves
   */
  public List<RoomId> due(RunClock clock, int places, boolean followsThreads) {
    ServerTime now = clock.now();
    Due due = new Due(now == null ? null : clock.told(), options.sweepWithin());
    List<Candidate> wanted =
        find(followsThreads, now, room -> !refusals.isLeftAlone(room)).stream()
            .filter(due::includes)
            .toList();
    List<RoomId> all = inOrder(wanted);
    List<RoomId> picked = rounds.pick(all, places);
    left = all.size() - picked.size();
    return picked;
  }

  /** How many rooms it was time for and no place. */
  public int left() {
    return left;
  }

  /**
   * What the store knows of the caller's rooms.
   *
   * @param withThreads whether threads to be asked for by themselves are looked for
   * @param now what time it is at the server; null where that is not known or does not matter
   * @param wanted of the caller's rooms
   */
  private List<Candidate> find(
      boolean withThreads, @Nullable ServerTime now, Predicate<Room> wanted) {
    return store.read(
        reader -> {
          Map<Scope, ScopeRun> runs = new HashMap<>();
          reader.scopeRuns().forEach(run -> runs.put(run.scope(), run));
          List<Candidate> candidates = new ArrayList<>();
          for (Room room : reader.rooms()) {
            if (room.membership() == Membership.MEMBER && wanted.test(room)) {
              Candidate candidate = candidate(reader, room, now, runs.get(Scope.room(room.id())));
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

  private Candidate candidate(
      StoreReader reader, Room room, @Nullable ServerTime now, @Nullable ScopeRun last) {
    RoomState state = reader.roomState(room.id()).orElse(null);
    ServerTime asOf = state == null ? null : asOf(state);
    boolean isOpen =
        state == null
            || asOf == null
            || isUnfinished(reader, state, now)
            || (last != null && !last.outcome().equals(Outcome.COMPLETE.word()));
    return new Candidate(
        room.id(),
        last != null && last.outcome().equals(Outcome.FAILED.word()),
        room.hasNews() || isOpen,
        room.unread() > 0,
        room.lastMessageAt() == null ? ServerTime.EPOCH : room.lastMessageAt(),
        asOf == null ? ServerTime.EPOCH : asOf,
        state == null || state.claim() == null ? null : state.claim().told());
  }

  private static @Nullable ServerTime asOf(RoomState state) {
    return state.claim() == null ? null : state.claim().asOf();
  }

  /** Whether the next pass has more to do than to follow the feeds. */
  private boolean isUnfinished(StoreReader reader, RoomState state, @Nullable ServerTime now) {
    Coverage.Stale stale = state.stale();
    return state.reconciling() != null
        || (stale != null && stale.cause() != Coverage.Cause.SILENT_DELETIONS)
        || (!state.history().toBeginning()
            && reader.counts(state.room()).messages() < options.history().messages())
        || reader.inQuestion(state.room()).stream()
            .anyMatch(question -> Questions.isDue(question, now));
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
