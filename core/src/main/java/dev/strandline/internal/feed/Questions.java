package dev.strandline.internal.feed;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Change;
import dev.strandline.internal.commit.Merge;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.InQuestion.Why;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settles what no reading has settled: once a deletion must have been carried out, the server is
 * asked for the message itself (R7, R14). One request for each.
 */
public final class Questions {

  /** So many messages are asked for in one pass; the others wait for the next (R15). */
  private static final int MOST_ASKED = 20;

  private final Session session;

  public Questions(Session session) {
    this.session = session;
  }

  /**
   * Whether it is time to ask for a message.
   *
   * @param now what time it is at the server; null where answers tell none: then each run asks
   *     whether it is gone
   */
  public static boolean isDue(InQuestion question, @Nullable ServerTime now) {
    // What hangs on a lost root is settled by the history that shows it.
    return question.why() != Why.LOST_ROOT
        && (now == null || now.isAfter(question.since().plus(Merge.PRUNE_ALLOWANCE)));
  }

  /**
   * Asks for the messages of a room that it is time for.
   *
   * @return whether the room has to be read whole, since the server shows no single messages
   */
  public boolean settle(RoomId room) {
    ServerTime now = session.calls().serverNow();
    List<InQuestion> due =
        session.store().read(reader -> reader.inQuestion(room)).stream()
            .filter(question -> isDue(question, now))
            .limit(MOST_ASKED)
            .toList();
    for (InQuestion question : due) {
      if (!ask(question, now != null || isLate(question))) {
        return true;
      }
    }
    return false;
  }

  /** Without a date, a later stamp tells that the time has passed. */
  private boolean isLate(InQuestion question) {
    return session
        .calls()
        .clock()
        .told()
        .stamp()
        .isAfter(question.since().plus(Merge.PRUNE_ALLOWANCE));
  }

  /**
   * Asks for one message.
   *
   * @param isLate whether a deletion must have been carried out by now
   * @return whether the server answers such questions
   */
  private boolean ask(InQuestion question, boolean isLate) {
    session.journal().now(Purpose.SETTLE);
    Change.Answered answered;
    try {
      answered =
          session
              .calls()
              .ask(call -> session.transport().message(question.id(), call))
              .map(message -> Change.Answered.there(question.id(), message, isLate))
              .orElseGet(() -> Change.Answered.gone(question.id()));
    } catch (MalformedResponseException e) {
      // It is there, in a form that its room's feed puts into quarantine (R14).
      answered = Change.Answered.there(question.id(), null, isLate);
    } catch (NotAuthorizedException e) {
      readWhole(question.room());
      return false;
    } catch (ServerErrorException e) {
      if (e.status() >= 500) {
        throw e;
      }
      readWhole(question.room());
      return false;
    }
    session
        .commits()
        .commit(
            question.room(),
            Applier.Manner.of(Origin.THREAD, session.calls().asked()),
            List.of(answered),
            writer -> {});
    return true;
  }

  private void readWhole(RoomId room) {
    session
        .commits()
        .soon(
            writer -> {
              RoomState state = writer.roomState(room).orElseThrow();
              writer.putRoomState(state.distrusted(Coverage.Cause.REQUESTED));
            });
  }
}
