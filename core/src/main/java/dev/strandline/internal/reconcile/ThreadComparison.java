package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.feed.Session;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery.ThreadSince;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a thread's replies with the server and changes nothing: one request. Holds the ids of
 * the replies in memory.
 *
 * <p>What is younger than the watermarks that would bring it, the thread's own or its room's, is
 * only counted.
 */
public final class ThreadComparison {
  private final Session session;
  private final MessageId root;
  private final Findings found;
  private final Merge merge;
  private ServerTime settled = ServerTime.EPOCH;

  private final Set<MessageId> shown = new HashSet<>();
  private final Set<MessageId> young = new HashSet<>();

  public ThreadComparison(Session session, MessageId root, Findings found) {
    this.session = session;
    this.root = root;
    this.found = found;
    this.merge = new Merge(session.options().lookback());
  }

  public void run() {
    settled = settled();
    FeedAnswer unused =
        session
            .calls()
            .ask(
                call -> {
                  FeedAnswer answer =
                      session
                          .transport()
                          .fetch(new ThreadSince(root, ServerTime.EPOCH), new Comparing(), call);
                  session.calls().heard(answer.askedAt(), answer.confirmed());
                  return answer;
                });
    session
        .store()
        .read(
            reader -> {
              reader.forEachMessage(
                  Scope.thread(root),
                  reply -> {
                    if (!shown.contains(reply.id()) && !young.contains(reply.id())) {
                      found.surplus(reply.id());
                    }
                  });
              return unused;
            });
    found.readWhole(WhyWhole.ASKED_FOR, false);
    found.compared(shown.size());
    found.pending(young.size());
  }

  /** Up to where an ordinary run has brought the replies. */
  private ServerTime settled() {
    ThreadState thread = session.store().read(reader -> reader.threadState(root)).orElse(null);
    StoredVersion stored = session.store().read(reader -> reader.version(root)).orElse(null);
    RoomId room = thread != null ? thread.room() : stored != null ? stored.room() : null;
    if (room == null) {
      throw new ThreadUnavailableException(root, Reason.ROOT_GONE);
    }
    ServerTime ofRoom =
        session.findState(room).map(state -> state.updated().settled()).orElse(ServerTime.EPOCH);
    return thread == null ? ofRoom : ServerTime.max(ofRoom, thread.position().settled());
  }

  private boolean isYoung(ServerTime stamp) {
    return stamp.isAfter(session.behind(settled));
  }

  /** Compares what the answer shows with what is stored, one reply at a time. */
  private final class Comparing implements ChangeSink {
    @Override
    public void upsert(Message message) {
      if (!shown.add(message.id())) {
        return;
      }
      @Nullable StoredVersion stored =
          session.store().read(reader -> reader.version(message.id())).orElse(null);
      switch (merge.effect(message, Origin.THREAD, stored)) {
        case ADD -> note(message, true);
        case REPLACE -> note(message, false);
        case CONFIRM, KEEP -> {}
      }
    }

    private void note(Message message, boolean missing) {
      if (isYoung(message.updatedAt()) || (missing && Prune.isRemoving(message.id(), session))) {
        young.add(message.id());
      } else if (missing) {
        found.missing(message.id());
      } else {
        found.different(message.id());
      }
    }

    @Override
    public void tombstone(Tombstone tombstone) {
      // Of what is hidden no feed of the room tells, however young it is.
      if (tombstone.reason() == Tombstone.Reason.DELETED
          && isYoung(tombstone.at())
          && !shown.contains(tombstone.id())
          && session.store().read(reader -> reader.version(tombstone.id())).isPresent()) {
        young.add(tombstone.id());
      }
    }

    @Override
    public void unreadable(Unreadable entry) {
      if (entry.id() != null) {
        shown.add(entry.id());
      }
    }

    @Override
    public void unreadableDeletion(Unreadable entry) {
      // It says nothing of what is there.
    }
  }
}
