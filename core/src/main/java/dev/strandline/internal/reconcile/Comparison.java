package dev.strandline.internal.reconcile;

import dev.strandline.internal.feed.Paging;
import dev.strandline.internal.feed.Session;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoredVersion;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a room with the server and changes nothing. Costs what a repair costs, and holds the
 * room's message ids in memory.
 *
 * <p>A difference that is younger than the room's watermarks is no fault: an ordinary run would
 * bring it. Such are only counted.
 */
public final class Comparison {
  private final Session session;
  private final RoomId room;
  private final RoomState state;

  private final Set<MessageId> shown = new HashSet<>();
  private final Set<MessageId> young = new HashSet<>();
  private final Set<MessageId> buried = new HashSet<>();
  private final Findings found;

  public Comparison(Session session, RoomId room, Findings found) {
    this.session = session;
    this.room = room;
    this.state = session.state(room);
    this.found = found;
  }

  public void run() {
    session.journal().now(Purpose.COMPARE);
    session.paged(this::readDown, () -> ask(new Since(room, ServerTime.EPOCH)));
    noteSurplus();
    found.compared(shown.size());
    found.pending(young.size());
  }

  private FeedAnswer readDown() {
    int pageSize = session.options().pageSize();
    ServerTime target = state.history().toBeginning() ? null : state.history().floor();
    @Nullable Backward query = new Backward(room, ServerTime.MAX, session.pages().now());
    while (query != null && (target == null || query.before().isAfter(target))) {
      query = session.pages().next(query, ask(query));
    }
    // What changed meanwhile has moved to the end of the feeds, and out of the way of the reading.
    ServerTime settled = session.behind(state.updated().settled());
    follow(new Forward(room, Feed.UPDATED, settled, session.pages().now()));
    Forward deletions =
        new Forward(room, Feed.DELETED, session.behind(state.deleted().settled()), 10 * pageSize);
    while (true) {
      FeedAnswer answer = ask(deletions);
      @Nullable Forward larger = Paging.uncut(deletions, answer);
      if (larger == null) {
        return answer;
      }
      deletions = larger;
    }
  }

  private void follow(Forward first) {
    @Nullable Forward query = first;
    while (query != null) {
      query = session.pages().next(query, ask(query));
    }
  }

  private FeedAnswer ask(FeedQuery query) {
    return session.read(query, Comparing::new);
  }

  private void noteSurplus() {
    session
        .store()
        .read(
            reader -> {
              reader.forEachMessage(
                  Scope.room(room),
                  message -> {
                    if (!shown.contains(message.id()) && isCompared(message.updatedAt())) {
                      if (buried.contains(message.id())) {
                        young.add(message.id());
                      } else {
                        found.surplus(message.id());
                      }
                    }
                  });
              return state;
            });
  }

  private boolean isCompared(ServerTime stamp) {
    ServerTime floor = state.history().floor();
    return state.history().toBeginning() || (floor != null && !stamp.isBefore(floor));
  }

  /** Compares what an answer shows with what is stored, one message at a time. */
  private final class Comparing implements ChangeSink {
    @Override
    public void upsert(Message message) {
      if (!shown.add(message.id())) {
        return;
      }
      @Nullable StoredVersion stored =
          session.store().read(reader -> reader.version(message.id())).orElse(null);
      if (stored != null && stored.json().equals(message.json())) {
        return;
      }
      if (message.updatedAt().isAfter(session.behind(state.updated().settled()))
          || (stored == null && Prune.isRemoving(message.id(), session))) {
        young.add(message.id());
      } else if (isCompared(message.updatedAt())) {
        if (stored == null) {
          found.missing(message.id());
        } else {
          found.different(message.id());
        }
      }
    }

    @Override
    public void tombstone(Tombstone tombstone) {
      if (tombstone.at().isAfter(session.behind(state.deleted().settled()))) {
        buried.add(tombstone.id());
      }
    }

    @Override
    public void unreadable(Unreadable entry) {
      // It is there, and that is all that can be said of it.
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
