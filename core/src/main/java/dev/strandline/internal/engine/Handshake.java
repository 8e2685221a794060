package dev.strandline.internal.engine;

import dev.strandline.error.StoreMismatchException;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.directory.Ownership;
import dev.strandline.internal.feed.LastMeeting;
import dev.strandline.internal.feed.ServerKnowledge;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run begins: the store is this account's, and the server says what it is. One request, which
 * also tells the server's time (R6, R10) and whether it hides deletions (R11).
 */
final class Handshake {
  private final Store store;
  private final Transport transport;
  private final ServerKnowledge server;
  private final LastMeeting last;
  private final RunJournal journal;
  private final Ownership ownership;

  Handshake(
      Store store,
      Transport transport,
      ServerKnowledge server,
      LastMeeting last,
      Ownership ownership,
      RunJournal journal) {
    this.store = store;
    this.ownership = ownership;
    this.transport = transport;
    this.server = server;
    this.last = last;
    this.journal = journal;
  }

  /**
   * Meets the server.
   *
   * @throws StoreMismatchException before anything is asked, where the store is another account's;
   *     before anything is written, where the server turns out to be another
   */
  void run(Calls calls) {
    ownership.check();
    meet(calls);
  }

  /** The same without a request, where the server was met not long ago (R15). */
  void runUnlessRecent(Calls calls) {
    ownership.check();
    ServerFacts recent = last.recent();
    if (recent == null) {
      meet(calls);
    } else {
      ownership.heard(recent);
      server.learn(recent);
      if (recent.hidesDeletions()) {
        store.write(
            writer -> {
              doubt(writer, recent);
              return recent;
            });
      }
    }
  }

  private void meet(Calls calls) {
    journal.ownPages().now(Purpose.HANDSHAKE);
    calls.clock().forget();
    ServerFacts facts =
        calls.ask(
            call -> {
              ServerFacts answer = transport.facts(call);
              calls.heard(answer.askedAt(), answer.confirmed());
              return answer;
            });
    ownership.heard(facts);
    server.learn(facts);
    // In one transaction: that deletions were hidden may be said only once.
    store.write(
        writer -> {
          if (ownership.isSettled()) {
            recognise(writer, facts);
          }
          if (facts.hidesDeletions()) {
            doubt(writer, facts);
          }
          journal.write(writer);
          return facts;
        });
    // Once what follows from it is written: the next run may not ask again.
    last.remember(facts);
  }

  /**
   * R11: every room that was read can have lost rows unseen, claimed or not, and the settings may
   * be others again when it is next read. Of a room that is being read whole, what was shown can be
   * gone again.
   */
  private static void doubt(StoreWriter writer, ServerFacts facts) {
    for (RoomState state : writer.roomStates()) {
      RoomState doubted = state.stale() == null ? doubted(state, facts) : state;
      RoomState.Reconciling reading = state.reconciling();
      if (reading != null) {
        doubted = doubted.withReconciling(reading.blinded());
      }
      if (!doubted.equals(state)) {
        writer.putRoomState(doubted);
      }
    }
  }

  /** The last whole moment may be of a run that believed what was said an hour before. */
  private static RoomState doubted(RoomState state, ServerFacts facts) {
    ServerTime whole = state.lastWhole();
    ServerTime since =
        whole == null || facts.askedAt() == null ? null : whole.minus(LastMeeting.BELIEVED);
    return state.withStale(new Coverage.Stale(since, Coverage.Cause.SILENT_DELETIONS));
  }

  /**
   * A workspace of another identity at the same address was replaced: nothing is taken on trust.
   */
  private static void recognise(StoreWriter writer, ServerFacts facts) {
    String serverId = facts.uniqueId();
    StoreOwner owner = writer.owner().orElseThrow();
    if (serverId == null || serverId.equals(owner.serverId())) {
      return;
    }
    if (owner.serverId() != null) {
      distrust(writer);
    }
    writer.putOwner(new StoreOwner(owner.account(), serverId));
  }

  /** Its stamps go on from others: rooms, threads and the directory are read whole. */
  static void distrust(StoreWriter writer) {
    writer.putDirectory(DirectoryState.UNREAD);
    for (Room room : writer.rooms()) {
      writer.forgetSeen(room.id());
      // What another workspace deleted says nothing of this one's messages, under the same ids.
      List<MessageId> buried = new ArrayList<>();
      writer.forEachTombstone(room.id(), tombstone -> buried.add(tombstone.id()));
      buried.forEach(writer::removeTombstone);
      writer.threadStates(room.id()).stream()
          .map(ThreadState::toBeReadAnew)
          // That a root was gone there says nothing of one here.
          .map(thread -> thread.withCondition(ThreadState.Condition.ACTIVE))
          .forEach(writer::putThreadState);
    }
    for (RoomState state : writer.roomStates()) {
      Coverage.Stale stale = state.stale();
      // What is gone stays gone until the directory shows it again.
      boolean isGone = stale != null && stale.cause() == Coverage.Cause.GONE;
      Coverage.Cause cause = isGone ? Coverage.Cause.GONE : Coverage.Cause.REQUESTED;
      // The last claim may have been made of this workspace already, and over the other's news.
      writer.putRoomState(state.withStale(new Coverage.Stale(null, cause)).withReconciling(null));
    }
  }
}
