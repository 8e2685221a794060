package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.feed.CatchUp;
import dev.strandline.internal.feed.Paging;
import dev.strandline.internal.feed.Session;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoredVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What following a room's feeds would bring, without writing anything. Serves one reading. */
public final class Preview implements ChangeSink {
  private final Session session;
  private final RoomState state;
  private final Merge merge;

  private final Map<MessageId, Message> shown = new HashMap<>();
  private final Map<MessageId, Tombstone> buried = new HashMap<>();
  private boolean odd;

  /** What following the feeds would show: everything that was written later. */
  private ServerTime since = ServerTime.MAX;

  public Preview(Session session, RoomId room) {
    this.session = session;
    this.state = session.state(room);
    this.merge = new Merge(session.options().lookback());
  }

  /** Reads both feeds to their ends. */
  public Preview read() throws Uncounted {
    ServerTime now = session.calls().serverNow();
    ServerTime from = ServerTime.min(state.updated().settled(), state.deleted().settled());
    since = session.behind(from);
    boolean shortGap = now != null && now.since(from).compareTo(CatchUp.SHORT_GAP) <= 0;
    Since uncut = new Since(state.room(), since);
    session.paged(() -> shortGap ? ask(uncut) : inPages(), () -> ask(uncut));
    if (odd) {
      throw new Uncounted(WhyWhole.UNREADABLE);
    }
    return this;
  }

  private FeedAnswer inPages() {
    int pageSize = session.options().pageSize();
    @Nullable Forward query = new Forward(state.room(), Feed.UPDATED, since, session.pages().now());
    while (query != null) {
      query = session.pages().next(query, ask(query));
    }
    Forward deletions = new Forward(state.room(), Feed.DELETED, since, 10 * pageSize);
    while (true) {
      FeedAnswer answer = ask(deletions);
      @Nullable Forward larger = Paging.uncut(deletions, answer);
      if (larger == null) {
        return answer;
      }
      deletions = larger;
    }
  }

  private FeedAnswer ask(FeedQuery query) {
    return session.read(query, () -> this);
  }

  @Override
  public void upsert(Message message) {
    shown.put(message.id(), message);
  }

  @Override
  public void tombstone(Tombstone tombstone) {
    buried.merge(tombstone.id(), tombstone, (a, b) -> Merge.deeper(b, a));
  }

  @Override
  public void unreadable(Unreadable entry) {
    odd = true;
  }

  /** Whether {@code other}, read earlier, saw the same messages come and go. */
  public boolean hasSameComingsAndGoingsAs(Preview other) {
    return shown.keySet().equals(other.shown.keySet()) && buried.equals(other.buried);
  }

  /** The latest deletion that was shown, now or before. */
  public ServerTime latestDeletion() {
    ServerTime latest = Stocktaking.latestDeletion(session, state.room());
    for (Tombstone tombstone : buried.values()) {
      latest = ServerTime.max(latest, tombstone.at());
    }
    return latest;
  }

  /** The rows as they would be. */
  public LocalRows rows() {
    LocalRows rows = new LocalRows(session.store(), state.room());
    for (Message message : shown.values()) {
      StoredVersion stored = stored(message.id());
      if (stored == null && !isDying(message)) {
        rows.with(MessageKey.of(message));
      }
    }
    for (Tombstone tombstone : buried.values()) {
      MessageKey key = rows.find(tombstone.id());
      StoredVersion stored = stored(tombstone.id());
      if (key != null && stored != null && removes(tombstone, stored)) {
        rows.without(key);
      }
    }
    return rows;
  }

  /** How many messages would be added, changed or removed. */
  public long pending() {
    Set<MessageId> pending = new HashSet<>();
    for (Message message : shown.values()) {
      StoredVersion stored = stored(message.id());
      boolean differs = stored == null ? !isDying(message) : !stored.json().equals(message.json());
      if (differs) {
        pending.add(message.id());
      }
    }
    for (Tombstone tombstone : buried.values()) {
      StoredVersion stored = stored(tombstone.id());
      if (stored != null && removes(tombstone, stored)) {
        pending.add(tombstone.id());
      }
    }
    return pending.size();
  }

  private boolean removes(Tombstone tombstone, StoredVersion stored) {
    Message live = shown.get(tombstone.id());
    if (live != null) {
      return isDying(live);
    }
    InQuestion question =
        session.store().read(reader -> reader.inQuestion(tombstone.id())).orElse(null);
    return question == null || stored.updatedAt().isAfter(since);
  }

  private boolean isDying(Message message) {
    Tombstone told = buried.get(message.id());
    Tombstone known = session.store().read(reader -> reader.tombstone(message.id())).orElse(null);
    Tombstone grave = told == null ? known : Merge.deeper(told, known);
    Applier.Manner manner =
        new Applier.Manner(Origin.ROOM, session.calls().asked(), state.seen(), since);
    return merge.standing(message.updatedAt(), grave, manner) == Merge.Standing.DYING;
  }

  private @Nullable StoredVersion stored(MessageId id) {
    return session.store().read(reader -> reader.version(id)).orElse(null);
  }
}
