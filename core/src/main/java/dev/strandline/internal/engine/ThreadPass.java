package dev.strandline.internal.engine;

import dev.strandline.Progress.Activity;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Change;
import dev.strandline.internal.commit.Intake;
import dev.strandline.internal.commit.ReadPass;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.feed.Settlement;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.FeedQuery.ThreadSince;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.ThreadState.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pass over one thread's own feed (R13): one uncut answer from the thread's watermark on. It
 * never moves its room's watermarks.
 */
final class ThreadPass {
  private final Session session;

  ThreadPass(Session session) {
    this.session = session;
  }

  /**
   * Brings a thread to the present.
   *
   * @throws ThreadUnavailableException where threads are switched off, the room cannot be read, or
   *     nothing at all is known of the root
   */
  void run(MessageId root) {
    run(root, false);
  }

  /**
   * Reads a thread from its beginning, whatever its watermark: one request. What is not shown any
   * more goes, and what is shown is live, graves notwithstanding (R11).
   *
   * @throws ThreadUnavailableException as {@link #run}
   */
  void readWhole(MessageId root) {
    run(root, true);
  }

  private void run(MessageId root, boolean readWhole) {
    session.commits().now(readWhole ? Activity.RECONCILING : Activity.CATCHING_UP, Purpose.THREAD);
    @Nullable ThreadState known =
        session.store().read(reader -> reader.threadState(root)).orElse(null);
    RoomId room = roomOf(root);
    session.journal().now(Purpose.THREAD);
    try {
      if (known != null && known.asOf() == null) {
        // Before it is known to be read: what fails here is done again.
        bringBackRoot(root);
      }
      follow(root, room, known, readWhole);
    } catch (ThreadUnavailableException e) {
      note(root, room, known, e);
    }
  }

  private void follow(MessageId root, RoomId room, @Nullable ThreadState known, boolean readWhole) {
    FeedPosition before =
        known == null ? FeedPosition.anchoredAt(ServerTime.EPOCH) : known.position();
    // R10: deletions that the server has forgotten show only in a whole reading. The first is one:
    // the room may have stored replies that are gone.
    ServerTime lastRead = known == null || known.asOf() == null ? ServerTime.EPOCH : known.asOf();
    boolean whole =
        readWhole
            || lastRead.equals(ServerTime.EPOCH)
            || Horizon.passed(lastRead, session.calls().serverNow())
            || session.isAhead(before.settled());
    ReadPass reading = reading(room, before, whole);
    Session.Read read = session.read(new ThreadSince(root, reading.since()), reading);
    if (!whole && Horizon.passed(lastRead, toldAt(read))) {
      // Days can have gone by since the time was heard, where a device sleeps.
      read.intake().commit(writer -> {});
      whole = true;
      reading = reading(room, before, true);
      read = session.read(new ThreadSince(root, reading.since()), reading);
    }
    Settlement settlement = new Settlement(before.seen(), read.asked());
    Intake intake = read.intake();
    if (whole) {
      repliesNotShown(root, reading).forEach(intake::conclude);
    }
    FeedPosition from = whole ? FeedPosition.anchoredAt(ServerTime.EPOCH) : before;
    FeedPosition after = settlement.atEnd(from, read.newest());
    intake.commit(
        writer ->
            writer.putThreadState(
                new ThreadState(root, room, after, settlement.start(), Condition.ACTIVE)));
  }

  /**
   * When the answer was given: by its date, or by the latest stamp it shows, which is not later.
   */
  private static @Nullable ServerTime toldAt(Session.Read read) {
    return Session.later(read.answer().answeredAt(), read.newest());
  }

  /** A reading of what is new behind {@code known}, or of everything. */
  private ReadPass reading(RoomId room, FeedPosition known, boolean whole) {
    ServerTime since =
        whole ? ServerTime.EPOCH : session.behind(Settlement.from(known, session.calls().asking()));
    return ReadPass.since(room, Origin.THREAD, since, known.seen());
  }

  private List<Change> repliesNotShown(MessageId root, ReadPass reading) {
    List<Change> gone = new ArrayList<>();
    return session
        .store()
        .read(
            reader -> {
              reader.forEachMessage(
                  Scope.thread(root),
                  reply -> {
                    if (reading.isAbsent(reply.id())) {
                      gone.add(
                          new Change.Gone(
                              new Tombstone(
                                  reply.id(), reply.updatedAt(), Tombstone.Reason.NOT_FOUND)));
                    }
                  });
              return gone;
            });
  }

  /** The room of a thread: as the thread is known, from the stored root, or from the server's. */
  RoomId roomOf(MessageId root) {
    Optional<ThreadState> known = session.store().read(reader -> reader.threadState(root));
    if (known.isPresent()) {
      return known.get().room();
    }
    Optional<StoredVersion> stored = session.store().read(reader -> reader.version(root));
    if (stored.isPresent()) {
      return stored.get().room();
    }
    try {
      Optional<Message> shown = showRoot(root);
      if (shown.isPresent()) {
        return shown.get().room();
      }
    } catch (MalformedResponseException e) {
      // A root that cannot be understood (R14) is there all the same.
      return session.store().read(reader -> roomOfAReply(reader, root)).orElseThrow(() -> e);
    } catch (ServerErrorException e) {
      if (!e.errorType().equals("error-not-allowed")) {
        throw e;
      }
      // It is not shown to this account.
    }
    return session
        .store()
        .read(reader -> roomOfAReply(reader, root))
        .orElseThrow(() -> new ThreadUnavailableException(root, Reason.ROOT_GONE));
  }

  /** R10: a whole reading of a part of the room lets go of what lies below it, roots too. */
  private void bringBackRoot(MessageId root) {
    if (session.store().read(reader -> reader.version(root)).isEmpty()) {
      try {
        showRoot(root);
      } catch (MalformedResponseException | NotAuthorizedException e) {
        // It cannot be understood (R14), or is shown by itself to nobody.
      } catch (ServerErrorException e) {
        // What does not pass must not keep its thread from being read.
        if (e.status() >= 500) {
          throw e;
        }
      }
    }
  }

  /** Asks for the root, which its thread's feed does not show (facts 2), and stores it. */
  private Optional<Message> showRoot(MessageId root) {
    session.journal().now(Purpose.FIND_ROOT);
    Optional<Message> shown = session.calls().ask(call -> session.transport().message(root, call));
    AskedAt asked = session.calls().asked();
    shown.ifPresent(
        message ->
            session
                .commits()
                .commit(
                    message.room(),
                    // Not a row of the room's feeds: it says nothing of how far they have come.
                    Applier.Manner.of(Origin.THREAD, asked),
                    List.of(new Change.Shown(message)),
                    writer -> {}));
    return shown;
  }

  private static Optional<RoomId> roomOfAReply(StoreReader reader, MessageId root) {
    return reader.messages(Scope.thread(root), null, 1).stream().findFirst().map(Message::room);
  }

  /** A root that is gone, and threads that are switched off, are states; the rest is a failure. */
  private void note(
      MessageId root, RoomId room, @Nullable ThreadState known, ThreadUnavailableException e) {
    if (e.reason() == Reason.NOT_ALLOWED) {
      throw e;
    }
    Condition condition =
        e.reason() == Reason.ROOT_GONE ? Condition.ROOT_GONE : Condition.THREADS_OFF;
    if (known != null
        && known.condition() == Condition.ROOT_GONE
        && condition == Condition.THREADS_OFF) {
      // That its root is gone is the graver news, and of what hangs on it nothing else tells.
      throw e;
    }
    ThreadState state =
        known == null ? ThreadState.unread(root, room, condition) : known.withCondition(condition);
    List<Change> gone = condition == Condition.ROOT_GONE ? storedRoot(root) : List.of();
    session
        .commits()
        .commit(
            room,
            Applier.Manner.of(Origin.THREAD, AskedAt.UNKNOWN),
            gone,
            writer -> writer.putThreadState(state));
    if (condition == Condition.THREADS_OFF) {
      throw e;
    }
  }

  /** A root that is stored, and that the server has no more: no feed need have told. */
  private List<Change> storedRoot(MessageId root) {
    return session.store().read(reader -> reader.version(root)).stream()
        .<Change>map(
            stored ->
                new Change.Gone(
                    new Tombstone(root, stored.updatedAt(), Tombstone.Reason.NOT_FOUND)))
        .toList();
  }
}
