package dev.strandline.internal.engine;

import dev.strandline.Progress.Activity;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Change;
import dev.strandline.internal.commit.Intake;
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
    ServerTime now = session.calls().serverNow();
    ServerTime lastRead = known == null || known.asOf() == null ? ServerTime.EPOCH : known.asOf();
    boolean whole =
        readWhole
            || lastRead.equals(ServerTime.EPOCH)
            || Horizon.passed(lastRead, now)
            || Horizon.isAhead(before.settled(), now, session.doubt(Horizon.BEYOND_DOUBT));
    Applier.Manner manner = readWhole ? Applier.Manner.WHOLE_THREAD : Applier.Manner.THREAD;
    Session.Read read = read(root, room, whole ? null : before, manner);
    if (!whole && Horizon.passed(lastRead, toldAt(read))) {
      // Days can have gone by since the time was heard, where a device sleeps.
      read.intake().commit(writer -> {});
      whole = true;
      read = read(root, room, null, manner);
    }
    Settlement settlement = new Settlement(before, read.answer());
    Intake intake = read.intake();
    if (whole) {
      repliesNotShown(root, intake).forEach(intake::conclude);
    }
    @Nullable ServerTime newest = newest(intake);
    FeedPosition from = whole ? FeedPosition.anchoredAt(ServerTime.EPOCH) : before;
    FeedPosition after = settlement.atEnd(from, newest);
    intake.commit(
        writer ->
            writer.putThreadState(
                // The two lists are two queries (facts 2): a stamp in the one does not say that the
                // other was asked for as late.
                new ThreadState(
                    root, room, after, settlement.asOf(before.seen()), Condition.ACTIVE)));
  }

  /** When the answer was given: without a date, the latest stamp it shows is not later. */
  private static @Nullable ServerTime toldAt(Session.Read read) {
    ServerTime date = read.answer().answeredAt();
    return date != null ? date : newest(read.intake());
  }

  /** Asks for what is new behind {@code known}, or where that is null for everything. */
  private Session.Read read(
      MessageId root, RoomId room, @Nullable FeedPosition known, Applier.Manner manner) {
    ServerTime since = known == null ? ServerTime.EPOCH : session.behind(known.settled());
    return session.read(new ThreadSince(root, since), room, manner);
  }

  private static @Nullable ServerTime newest(Intake intake) {
    return later(intake.newestUpdate(), intake.newestDeletion());
  }

  private List<Change> repliesNotShown(MessageId root, Intake intake) {
    List<Change> gone = new ArrayList<>();
    return session
        .store()
        .read(
            reader -> {
              reader.forEachMessage(
                  Scope.thread(root),
                  reply -> {
                    if (!intake.shownReplies().contains(reply.id())) {
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
    shown.ifPresent(
        message ->
            session
                .commits()
                .commit(
                    message.room(),
                    // Not a row of the room's feeds: it says nothing of how far they have come.
                    Applier.Manner.THREAD,
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
        .commit(room, Applier.Manner.THREAD, gone, writer -> writer.putThreadState(state));
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

  private static @Nullable ServerTime later(@Nullable ServerTime a, @Nullable ServerTime b) {
    return a == null ? b : b == null ? a : ServerTime.max(a, b);
  }
}
