package dev.strandline.internal.read;

import dev.strandline.ScopeStatus;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where every scope stands. Asks for what all rooms have once, and not room by room. */
public final class Statuses {
  private final StoreReader reader;
  private final Map<RoomId, Room> rooms = new LinkedHashMap<>();
  private final Map<RoomId, RoomState> states = new LinkedHashMap<>();
  private final Map<RoomId, RoomCounts> counts;
  private final Doubts doubts;
  private final @Nullable ServerTime newsAsOf;

  public Statuses(StoreReader reader) {
    this.reader = reader;
    reader.rooms().forEach(room -> rooms.put(room.id(), room));
    reader.roomStates().forEach(state -> states.put(state.room(), state));
    counts = reader.counts();
    doubts = Doubts.of(reader);
    newsAsOf = reader.directory().newsAsOf();
  }

  /**
   * Rooms first, each with its threads, and then what was tried and never got anywhere, save for
   * what was only ever asked for by a wrong id.
   */
  public List<ScopeStatus> all() {
    Map<Scope, ScopeRun> runs = new HashMap<>();
    reader.scopeRuns().forEach(run -> runs.put(run.scope(), run));
    List<ScopeStatus> statuses = new ArrayList<>();
    for (RoomState state : states.values()) {
      statuses.add(of(state, runs.remove(Scope.room(state.room()))));
    }
    for (ThreadState thread : reader.threadStates()) {
      statuses.add(of(thread, states.get(thread.room()), runs.remove(Scope.thread(thread.root()))));
    }
    runs.values().stream()
        .filter(run -> isKnown(run.scope()))
        .forEach(run -> statuses.add(neverAnchored(run)));
    return statuses;
  }

  private boolean isKnown(Scope scope) {
    return scope instanceof Scope.OfThread thread
        ? reader.version(thread.root()).isPresent()
        : rooms.containsKey(((Scope.OfRoom) scope).room());
  }

  private ScopeStatus of(RoomState state, @Nullable ScopeRun run) {
    return new ScopeStatus(
        Scope.room(state.room()),
        state.updated().settled(),
        state.deleted().settled(),
        newsAsOf(state),
        Coverages.ofRoom(state, doubts.inRoom(state.room())),
        counts.getOrDefault(state.room(), RoomCounts.NONE),
        run);
  }

  /** R9: the claim's moment, or the directory's where it has told of nothing since. */
  private @Nullable ServerTime newsAsOf(RoomState state) {
    RoomState.Claim claim = state.claim();
    if (claim == null || !isFollowed(state)) {
      return null;
    }
    Room room = rooms.get(state.room());
    boolean isToldOf = room != null && room.membership() == Membership.MEMBER && !room.hasNews();
    return newsAsOf != null && isToldOf ? ServerTime.max(claim.asOf(), newsAsOf) : claim.asOf();
  }

  /** Whether what the feeds tell is all there is to new messages. */
  private static boolean isFollowed(RoomState state) {
    Coverage.Stale stale = state.stale();
    return state.reconciling() == null
        && (stale == null || stale.cause() == Coverage.Cause.SILENT_DELETIONS);
  }

  private ScopeStatus of(ThreadState thread, @Nullable RoomState room, @Nullable ScopeRun run) {
    return new ScopeStatus(
        Scope.thread(thread.root()),
        thread.position().settled(),
        null,
        null,
        Coverages.ofThread(thread, room, doubts.inThread(thread.room(), thread.root())),
        RoomCounts.NONE,
        run);
  }

  private static ScopeStatus neverAnchored(ScopeRun run) {
    return new ScopeStatus(
        run.scope(), null, null, null, new Coverage.Unknown(), RoomCounts.NONE, run);
  }
}
