package dev.strandline.store.sqlite.internal;

import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Finding;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes within the transaction that its session is in. */
public final class SqliteWriter extends SqliteReader implements StoreWriter {
  /** What {@link #purge} empties. */
  private static final List<String> TABLES_OF_A_ROOM =
      List.of(
          "messages",
          "threads",
          "tombstones",
          "quarantine",
          "in_question",
          "seen",
          "thread_state",
          "room_state");

  private static final String KEY_OF_ROOM = "SELECT room_key FROM rooms WHERE room_id = ?";
  private static final String ADD_ROOM = "INSERT INTO rooms (room_id) VALUES (?)";

  private final Rows rows;
  private final ThreadRows threads;
  private final MessageWrites messages;

  /** Whether there can be graves and quarantined entries to look for: most stores hold few. */
  private final Presence graves;

  private final Presence quarantined;

  private final Presence inQuestion;

  private final SearchIndex index;

  /** Of this transaction only: one that is rolled back takes the rooms it made along. */
  private final Map<RoomId, Long> roomKeys = new HashMap<>();

  /** Likewise: nobody else writes meanwhile, and every page of a room asks several times. */
  private final Map<RoomId, Optional<RoomState>> roomStates = new HashMap<>();

  /** On whose behalf messages are written; null for no page. */
  private @Nullable Long page;

  public SqliteWriter(Session session, SearchIndex index) {
    super(session);
    rows = session.rows();
    this.index = index;
    threads = new ThreadRows(rows);
    messages = new MessageWrites(rows, threads);
    graves = new Presence(rows, "tombstones");
    quarantined = new Presence(rows, "quarantine");
    inQuestion = new Presence(rows, "in_question");
  }

  /** Writes what follows from the rest; to be called before the transaction ends. */
  public void finish() {
    threads.write();
    index.flush();
  }

  @Override
  public void putOwner(StoreOwner owner) {
    roomRows().put(owner);
  }

  @Override
  public void putDirectory(DirectoryState directory) {
    roomRows().put(directory);
  }

  @Override
  public void putRoom(Room room) {
    roomRows().put(room);
  }

  @Override
  public void putRoomState(RoomState state) {
    stateRows().put(state, keyOf(state.room()));
    roomStates.put(state.room(), Optional.of(state));
  }

  @Override
  public Optional<RoomState> roomState(RoomId room) {
    checkUsable();
    return roomStates.computeIfAbsent(room, super::roomState);
  }

  @Override
  public void putThreadState(ThreadState state) {
    stateRows().put(state, keyOf(state.room()));
  }

  @Override
  public void putScopeRun(ScopeRun run) {
    stateRows().put(run);
  }

  @Override
  public void putMessage(Message message, Origin origin) {
    messages.put(message, keyOf(message.room()), origin, page);
    index.put(message);
  }

  @Override
  public boolean addMessage(Message message, Origin origin) {
    boolean added = messages.add(message, keyOf(message.room()), origin, page);
    if (added) {
      index.put(message);
    }
    return added;
  }

  @Override
  public void removeMessage(MessageId id) {
    checkUsable();
    graveRows().noteRemoval(id, page);
    index.remove(id);
    messages.remove(id);
  }

  @Override
  public void putTombstone(RoomId room, Tombstone tombstone) {
    graveRows().put(tombstone, keyOf(room), page);
    graves.added();
  }

  @Override
  public Optional<Tombstone> tombstone(MessageId id) {
    return graves.isLikely() ? super.tombstone(id) : Optional.empty();
  }

  @Override
  public void removeTombstone(MessageId id) {
    graveRows().remove(id);
  }

  @Override
  public void putInQuestion(InQuestion doubt) {
    inQuestionRows().put(doubt, keyOf(doubt.room()));
    inQuestion.added();
  }

  @Override
  public Optional<InQuestion> inQuestion(MessageId id) {
    return inQuestion.isLikely() ? super.inQuestion(id) : Optional.empty();
  }

  @Override
  public void removeInQuestion(MessageId id) {
    checkUsable();
    if (inQuestion.isLikely()) {
      inQuestionRows().remove(id);
    }
  }

  @Override
  public boolean quarantine(RoomId room, Unreadable entry, Instant firstSeen) {
    quarantined.added();
    return quarantineRows().add(keyOf(room), entry, firstSeen, page);
  }

  @Override
  public boolean quarantine(DirectoryList list, Unreadable entry, Instant firstSeen) {
    quarantined.added();
    return quarantineRows().add(list, entry, firstSeen);
  }

  @Override
  public void releaseUnshown(DirectoryList list, Set<String> shown) {
    checkUsable();
    if (quarantined.isLikely()) {
      quarantineRows().releaseUnshown(list, shown);
    }
  }

  @Override
  public List<Finding> check() {
    threads.write();
    index.flush();
    return super.check();
  }

  @Override
  public void releaseQuarantine(MessageId id, ServerTime upTo) {
    if (quarantined.isLikely()) {
      quarantineRows().release(id, upTo);
    }
  }

  @Override
  public void releaseUnseen(RoomId room) {
    checkUsable();
    if (quarantined.isLikely()) {
      quarantineRows().releaseUnseen(room);
    }
  }

  @Override
  public List<ThreadSummary> threads(RoomId room, int limit) {
    threads.write();
    return super.threads(room, limit);
  }

  @Override
  public Map<RoomId, RoomCounts> counts() {
    threads.write();
    return super.counts();
  }

  @Override
  public RoomCounts counts(RoomId room) {
    threads.write();
    return super.counts(room);
  }

  @Override
  public SearchPage search(SearchQuery query) {
    checkUsable();
    index.flush();
    return super.search(query);
  }

  @Override
  public void noteSeen(RoomId room, MessageId id) {
    graveRows().noteSeen(keyOf(room), id);
  }

  @Override
  public List<MessageId> unseen(RoomId room, int limit) {
    checkLimit(limit);
    return messageRows().unseen(room, limit);
  }

  @Override
  public void forgetSeen(RoomId room) {
    graveRows().forgetSeen(room);
  }

  @Override
  public void purge(RoomId room) {
    checkUsable();
    threads.write();
    index.purge(room);
    roomStates.remove(room);
    for (String table : TABLES_OF_A_ROOM) {
      rows.update("DELETE FROM " + table + " WHERE room_key = (" + KEY_OF_ROOM + ")", room.value());
    }
  }

  @Override
  public void putRun(RunEntry run) {
    journalRows().put(run);
  }

  @Override
  public void putPass(PassEntry pass) {
    journalRows().put(pass);
  }

  @Override
  public void putPage(PageEntry entry) {
    journalRows().put(entry);
  }

  @Override
  public void onBehalfOf(long number) {
    checkUsable();
    page = number == 0 ? null : number;
  }

  @Override
  public void pruneJournal(JournalLimits limits, Instant now) {
    journalRows().prune(limits, now);
  }

  private long keyOf(RoomId room) {
    checkUsable();
    Long known = roomKeys.get(room);
    if (known != null) {
      return known;
    }
    long key =
        rows.first(KEY_OF_ROOM, row -> row.number(1), room.value()).orElseGet(() -> added(room));
    roomKeys.put(room, key);
    return key;
  }

  private long added(RoomId room) {
    rows.update(ADD_ROOM, room.value());
    return rows.first(KEY_OF_ROOM, row -> row.number(1), room.value()).orElseThrow();
  }
}
