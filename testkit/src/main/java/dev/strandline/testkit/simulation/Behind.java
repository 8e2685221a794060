package dev.strandline.testkit.simulation;

import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import dev.strandline.testkit.simulation.ServerRecord.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No position is ahead of its rows: what the next pass would not ask for any more, since it lies
 * further behind the watermark than the lookback, is stored (R2 to R6). Where the next pass would
 * read the room whole, nothing is behind.
 */
final class Behind {
  /** The engine reads a room whole that was not settled for as long (R10). */
  private static final Duration TRUSTED = Duration.ofDays(27);

  private final World world;

  Behind(World world) {
    this.world = world;
  }

  void check(StoreReader reader, RoomId room) {
    RoomState state = reader.roomState(room).orElse(null);
    if (state == null || isReadWhole(state) || world.isAnother(reader.owner().orElse(null))) {
      return;
    }
    Map<String, Message> stored = new HashMap<>();
    reader.forEachMessage(Scope.room(room), message -> stored.put(message.id().value(), message));
    ServerRecord record = world.record(room.value());
    long lookback = world.surroundings.lookback();
    long updates = state.updated().settled().epochMilli() - lookback;
    long deletions = state.deleted().settled().epochMilli() - lookback;
    record
        .shown()
        .forEach(
            (id, version) -> {
              if (!record.isExempt(id, world.trueNow())
                  && !isInQuestion(reader, id)
                  && isWithin(state.history(), version.message.updatedAt())) {
                checkShown(record, version, stored.get(id), updates);
              }
            });
    Set<MessageId> lostRoots = lostRoots(reader, room);
    stored.forEach(
        (id, message) -> {
          // R13: below what was read of the room, nothing vouches for replies of a lost root.
          boolean isKept =
              message.thread() != null
                  && lostRoots.contains(message.thread())
                  && !isWithin(state.history(), message.updatedAt());
          if (!isKept
              && !record.isExempt(id, world.trueNow())
              && !isInQuestion(reader, id)
              && !record.shown().containsKey(id)
              && !world.silent.isHidden(id)) {
            checkGone(id, deletions);
          }
        });
  }

  /** R7: nothing is said of it meanwhile. */
  private static boolean isInQuestion(StoreReader reader, String id) {
    return reader.inQuestion(new MessageId(id)).isPresent();
  }

  private void checkShown(
      ServerRecord record, Version version, @Nullable Message stored, long updates) {
    long stamp = version.message.updatedAt().epochMilli();
    if (stamp > updates) {
      return;
    }
    String id = version.message.id().value();
    if (stored == null) {
      ServerTime deletedAt = world.routes.deletedAt(id);
      boolean dying = deletedAt != null && stamp <= deletedAt.epochMilli();
      Broken.unless(
          dying, "no position is ahead of its rows, but %s is behind and missing", version.message);
    } else {
      Version here = record.of(stored);
      Broken.unless(
          here != null && here.number >= version.number,
          "no position is ahead of its rows, but %s is behind and stored as %s",
          version.message,
          stored);
    }
  }

  private void checkGone(String id, long deletions) {
    ServerTime deletedAt = world.routes.deletedAt(id);
    Broken.unless(
        deletedAt != null && deletedAt.epochMilli() > deletions,
        "no position is ahead of its rows, but %s is gone (%s) and still stored",
        id,
        deletedAt);
  }

  private static Set<MessageId> lostRoots(StoreReader reader, RoomId room) {
    return reader.threadStates(room).stream()
        .filter(thread -> thread.condition() == ThreadState.Condition.ROOT_GONE)
        .map(ThreadState::root)
        .collect(Collectors.toSet());
  }

  private static boolean isWithin(Reach history, ServerTime stamp) {
    ServerTime floor = history.floor();
    return history.toBeginning() || (floor != null && !stamp.isBefore(floor));
  }

  private boolean isReadWhole(RoomState state) {
    Coverage.Stale stale = state.stale();
    RoomState.Claim claim = state.claim();
    ServerTime lastRead = claim == null ? state.anchor() : claim.asOf();
    boolean old = world.now() - lastRead.epochMilli() > TRUSTED.toMillis();
    return old
        || state.reconciling() != null
        || (stale != null && stale.cause() != Coverage.Cause.SILENT_DELETIONS);
  }
}
