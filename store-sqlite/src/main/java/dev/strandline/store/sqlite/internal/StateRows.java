package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.ThreadState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where synchronisation stands: of rooms, of threads, and how each scope's last run ended. */
final class StateRows {
  private static final String ROOM_STATES =
      "SELECT r.room_id, s.* FROM room_state s JOIN rooms r ON r.room_key = s.room_key ";

  private static final String ROOM_STATE = ROOM_STATES + "WHERE r.room_id = ?";

  private static final String THREAD_STATES =
      "SELECT r.room_id, s.* FROM thread_state s JOIN rooms r ON r.room_key = s.room_key ";

  private static final String THREAD_STATE = THREAD_STATES + "WHERE s.root_id = ?";

  private static final String THREAD_STATES_OF_ROOM =
      THREAD_STATES + "WHERE r.room_id = ? ORDER BY s.root_id";

  private static final String SCOPE_RUN = "SELECT * FROM scope_runs WHERE scope = ?";

  private static final String PUT_ROOM_STATE =
      """
      REPLACE INTO room_state (room_key, anchor, updated_settled, updated_seen,
          deleted_settled, deleted_seen, history_floor, history_to_beginning, claim_as_of, claim_floor,
          claim_to_beginning, stale_cause, stale_since, reconciling_started_at, reconciling_from,
          reconciling_floor, reconciling_blind, told_date, told_stamp)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String PUT_THREAD_STATE =
      """
      REPLACE INTO thread_state (root_id, room_key, settled, seen, as_of, condition)
        VALUES (:root, :room, :settled, :seen, :asOf, :condition)
      """;

  private static final String PUT_SCOPE_RUN =
      """
      REPLACE INTO scope_runs (scope, finished_at, outcome, requests, error_kind, error_message,
          last_complete_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private final Session session;

  StateRows(Session session) {
    this.session = session;
  }

  Optional<RoomState> roomState(RoomId room) {
    return session.rows().remembered(ROOM_STATE, StateRows::roomState, room.value());
  }

  List<RoomState> roomStates() {
    return session.rows().list(ROOM_STATES + "ORDER BY r.room_id", StateRows::roomState);
  }

  void put(RoomState state, long roomKey) {
    RoomState.Claim claim = state.claim();
    Coverage.Stale stale = state.stale();
    RoomState.Reconciling reading = state.reconciling();
    session
        .rows()
        .update(
            PUT_ROOM_STATE,
            roomKey,
            state.anchor().epochMilli(),
            state.updated().settled().epochMilli(),
            state.updated().seen().epochMilli(),
            state.deleted().settled().epochMilli(),
            state.deleted().seen().epochMilli(),
            Columns.millis(state.history().floor()),
            state.history().toBeginning() ? 1 : 0,
            claim == null ? null : Columns.millis(claim.asOf()),
            claim == null ? null : Columns.millis(claim.history().floor()),
            claim == null ? null : toBeginning(claim),
            stale == null ? null : stale.cause().name(),
            stale == null ? null : Columns.millis(stale.since()),
            reading == null ? null : Columns.millis(reading.startedAt()),
            reading == null ? null : Columns.millis(reading.from()),
            reading == null ? null : Columns.millis(reading.floor()),
            reading == null ? null : isBlind(reading),
            claim == null ? null : Columns.millis(claim.told().date()),
            claim == null ? null : Columns.millis(claim.told().stamp()));
  }

  private static Integer toBeginning(RoomState.Claim claim) {
    return claim.history().toBeginning() ? 1 : 0;
  }

  private static Integer isBlind(RoomState.Reconciling reading) {
    return reading.blind() ? 1 : 0;
  }

  Optional<ThreadState> threadState(MessageId root) {
    return session.rows().remembered(THREAD_STATE, StateRows::threadState, root.value());
  }

  List<ThreadState> threadStates(RoomId room) {
    return session.rows().list(THREAD_STATES_OF_ROOM, StateRows::threadState, room.value());
  }

  List<ThreadState> threadStates() {
    return session
        .rows()
        .list(THREAD_STATES + "ORDER BY r.room_id, s.root_id", StateRows::threadState);
  }

  void put(ThreadState state, long roomKey) {
    session.jdbi(
        handle ->
            handle
                .createUpdate(PUT_THREAD_STATE)
                .bind("root", Unicode.exact(state.root().value()))
                .bind("room", roomKey)
                .bind("settled", state.position().settled().epochMilli())
                .bind("seen", state.position().seen().epochMilli())
                .bind("asOf", Columns.millis(state.asOf()))
                .bind("condition", state.condition().name())
                .execute());
  }

  List<ScopeRun> scopeRuns() {
    return session.rows().list("SELECT * FROM scope_runs ORDER BY scope", StateRows::scopeRun);
  }

  Optional<ScopeRun> scopeRun(Scope scope) {
    return session.rows().first(SCOPE_RUN, StateRows::scopeRun, scope.toString());
  }

  void put(ScopeRun run) {
    String errorMessage = run.errorMessage();
    session
        .rows()
        .update(
            PUT_SCOPE_RUN,
            run.scope().toString(),
            run.finishedAt().toEpochMilli(),
            run.outcome(),
            run.requests(),
            run.errorKind(),
            errorMessage == null ? null : Unicode.shown(errorMessage),
            Columns.millis(run.lastCompleteAt()));
  }

  private static RoomState roomState(Row row) throws SQLException {
    ServerTime asOf = row.time("claim_as_of");
    return new RoomState(
        new RoomId(row.text("room_id")),
        new ServerTime(row.number("anchor")),
        position(row, "updated_settled", "updated_seen"),
        position(row, "deleted_settled", "deleted_seen"),
        reach(row, "history_floor", "history_to_beginning"),
        asOf == null
            ? null
            : new RoomState.Claim(
                asOf,
                reach(row, "claim_floor", "claim_to_beginning"),
                Objects.requireNonNull(Columns.told(row, "told_date", "told_stamp"), "told_stamp")),
        stale(row),
        reconciling(row));
  }

  private static FeedPosition position(Row row, String settled, String seen) throws SQLException {
    return new FeedPosition(new ServerTime(row.number(settled)), new ServerTime(row.number(seen)));
  }

  private static Reach reach(Row row, String floor, String toBeginning) throws SQLException {
    return new Reach(row.time(floor), row.flag(toBeginning));
  }

  private static Coverage.@Nullable Stale stale(Row row) throws SQLException {
    String cause = row.textOrNull("stale_cause");
    return cause == null
        ? null
        : new Coverage.Stale(row.time("stale_since"), Coverage.Cause.valueOf(cause));
  }

  private static RoomState.@Nullable Reconciling reconciling(Row row) throws SQLException {
    ServerTime startedAt = row.time("reconciling_started_at");
    ServerTime floor = row.time("reconciling_floor");
    return startedAt == null
        ? null
        : new RoomState.Reconciling(
            startedAt,
            row.time("reconciling_from"),
            Objects.requireNonNull(floor, "reconciling_floor"),
            row.flag("reconciling_blind"));
  }

  private static ThreadState threadState(Row row) throws SQLException {
    return new ThreadState(
        new MessageId(row.text("root_id")),
        new RoomId(row.text("room_id")),
        position(row, "settled", "seen"),
        row.time("as_of"),
        ThreadState.Condition.valueOf(row.text("condition")));
  }

  private static ScopeRun scopeRun(Row row) throws SQLException {
    return new ScopeRun(
        Columns.scope(row.text("scope")),
        Instant.ofEpochMilli(row.number("finished_at")),
        row.text("outcome"),
        row.count("requests"),
        row.textOrNull("error_kind"),
        row.textOrNull("error_message"),
        row.instant("last_complete_at"));
  }
}
