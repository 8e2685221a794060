package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreCorruptException;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.search.Scan;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Finding;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads within the transaction that its session is in. */
public class SqliteReader implements StoreReader {
  private final Thread thread = Thread.currentThread();
  private final Session session;
  private final RoomRows rooms;
  private final StateRows states;
  private final MessageRows messages;
  private final GraveRows graves;
  private final QuarantineRows quarantine;
  private final InQuestionRows inQuestion;
  private final JournalRows journal;
  private final SearchRows search;
  private boolean over;

  public SqliteReader(Session session) {
    this.session = session;
    rooms = new RoomRows(session);
    states = new StateRows(session);
    messages = new MessageRows(session.rows());
    graves = new GraveRows(session.rows());
    quarantine = new QuarantineRows(session.rows());
    inQuestion = new InQuestionRows(session.rows());
    journal = new JournalRows(session.rows());
    search = new SearchRows(session.rows());
  }

  /** Ends the reader's time: its session goes to somebody else. */
  public void end() {
    over = true;
  }

  final void checkUsable() {
    if (over || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "A reader or writer of a store is valid only inside the function that it was passed to,"
              + " and on that function's thread. Let the function return what it has read.");
    }
  }

  static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, not " + limit);
    }
  }

  final RoomRows roomRows() {
    checkUsable();
    return rooms;
  }

  final StateRows stateRows() {
    checkUsable();
    return states;
  }

  final MessageRows messageRows() {
    checkUsable();
    return messages;
  }

  final GraveRows graveRows() {
    checkUsable();
    return graves;
  }

  final QuarantineRows quarantineRows() {
    checkUsable();
    return quarantine;
  }

  final InQuestionRows inQuestionRows() {
    checkUsable();
    return inQuestion;
  }

  final JournalRows journalRows() {
    checkUsable();
    return journal;
  }

  @Override
  public Optional<StoreOwner> owner() {
    return roomRows().owner();
  }

  @Override
  public DirectoryState directory() {
    return roomRows().directory();
  }

  @Override
  public List<Room> rooms() {
    return roomRows().rooms();
  }

  @Override
  public Optional<Room> room(RoomId id) {
    return roomRows().room(id);
  }

  @Override
  public OptionalInt unread(RoomId id) {
    return roomRows().unread(id);
  }

  @Override
  public Optional<RoomId> roomOfSubscription(String subscriptionId) {
    return roomRows().roomOfSubscription(subscriptionId);
  }

  @Override
  public Optional<RoomState> roomState(RoomId room) {
    return stateRows().roomState(room);
  }

  @Override
  public List<RoomState> roomStates() {
    return stateRows().roomStates();
  }

  @Override
  public Optional<ThreadState> threadState(MessageId root) {
    return stateRows().threadState(root);
  }

  @Override
  public List<ThreadState> threadStates(RoomId room) {
    return stateRows().threadStates(room);
  }

  @Override
  public List<ThreadState> threadStates() {
    return stateRows().threadStates();
  }

  @Override
  public List<ScopeRun> scopeRuns() {
    return stateRows().scopeRuns();
  }

  @Override
  public Optional<ScopeRun> scopeRun(Scope scope) {
    return stateRows().scopeRun(scope);
  }

  @Override
  public Optional<Message> message(MessageId id) {
    return messageRows().message(id);
  }

  @Override
  public Optional<StoredVersion> version(MessageId id) {
    return messageRows().version(id);
  }

  @Override
  public Optional<Tombstone> tombstone(MessageId id) {
    return graveRows().tombstone(id);
  }

  @Override
  public void forEachTombstone(RoomId room, Consumer<? super Tombstone> action) {
    graveRows().each(room, action);
  }

  @Override
  public Optional<InQuestion> inQuestion(MessageId id) {
    return inQuestionRows().one(id);
  }

  @Override
  public List<InQuestion> inQuestion(RoomId room) {
    return inQuestionRows().ofRoom(room);
  }

  @Override
  public List<InQuestion> inQuestion() {
    return inQuestionRows().all();
  }

  @Override
  public List<Message> messages(Scope scope, @Nullable MessageKey before, int limit) {
    checkLimit(limit);
    return messageRows().page(scope, before, limit);
  }

  @Override
  public long rank(RoomId room, MessageKey place) {
    return messageRows().rank(room, place);
  }

  @Override
  public void forEachMessage(Scope scope, Consumer<? super Message> action) {
    messageRows().each(scope, action);
  }

  @Override
  public List<ThreadSummary> threads(RoomId room, int limit) {
    checkLimit(limit);
    return messageRows().threads(room, limit);
  }

  @Override
  public Map<RoomId, RoomCounts> counts() {
    return roomRows().counts();
  }

  @Override
  public RoomCounts counts(RoomId room) {
    return roomRows().counts(room);
  }

  @Override
  public List<Quarantined> quarantine(@Nullable RoomId room, int limit) {
    checkLimit(limit);
    return quarantineRows().entries(room, limit);
  }

  @Override
  public long quarantined(DirectoryList list) {
    return quarantineRows().count(list);
  }

  @Override
  public boolean isSentAhead(RoomId room) {
    return messageRows().isSentAhead(room);
  }

  @Override
  public List<Finding> check() {
    checkUsable();
    return new Checks(session).findings();
  }

  @Override
  public JournalReach journalReach() {
    return journalRows().reach();
  }

  @Override
  public Optional<RunEntry> run(long number) {
    return journalRows().run(number);
  }

  @Override
  public List<RunEntry> runs(long before, int limit) {
    checkLimit(limit);
    return journalRows().runs(before, limit);
  }

  @Override
  public Optional<PassEntry> pass(long number) {
    return journalRows().pass(number);
  }

  @Override
  public List<PassEntry> passes(long run) {
    return journalRows().passes(run);
  }

  @Override
  public List<PassEntry> passes(Scope scope, long before, int limit) {
    checkLimit(limit);
    return journalRows().passes(scope, before, limit);
  }

  @Override
  public Optional<PageEntry> page(long number) {
    return journalRows().page(number);
  }

  @Override
  public List<PageEntry> pages(long run, long after, int limit) {
    checkLimit(limit);
    return journalRows().pages(run, after, limit);
  }

  @Override
  public MessageLinks links(MessageId id) {
    return journalRows().links(id);
  }

  @Override
  public void forEachWrittenAfter(long page, Consumer<? super Written> action) {
    journalRows().writtenAfter(page, action);
  }

  @Override
  public SearchPage search(SearchQuery query) {
    checkUsable();
    if (search.isWhole()) {
      try {
        return search.search(query);
      } catch (StoreCorruptException e) {
        if (!Failures.isOfSearchIndex(e)) {
          throw e;
        }
        // The messages are sound: they are read one by one.
      }
    }
    return Scan.of(this, query);
  }
}
