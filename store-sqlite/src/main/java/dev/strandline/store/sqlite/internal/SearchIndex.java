package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.search.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The full-text index of one file, as its writer keeps it.
 *
 * <p>It holds the words of each live message as {@link Words} cuts them, under the message's key,
 * and no text: what is shown is read from the message. A file has one or not; where it has one,
 * every transaction brings it to what the transaction leaves, before the commit. One row at a time
 * as the messages are put, that would cost twice as much.
 */
public final class SearchIndex {
  /** So many texts are held at most before they are indexed. */
  private static final int MOST_HELD = 10_000;

  /** Messages a transaction while an index is made for what is already stored. */
  private static final int BUILT_AT_ONCE = 5_000;

  /** What is not ASCII is a part of a word to this tokenizer: the words arrive cut. */
  private static final String CREATE =
      """
      CREATE VIRTUAL TABLE message_words USING fts5 (
        words, content = '', contentless_delete = 1, tokenize = 'ascii')
      """;

  /**
   * With values and not with a SELECT: before a statement that could fail half way FTS5 writes out
   * what it holds in memory, so that each row would become a segment to be merged.
   */
  private static final String PUT =
      "INSERT OR REPLACE INTO message_words (rowid, words) VALUES (?, ?)";

  private static final String KEY = "SELECT message_key FROM messages WHERE message_id = ?";
  private static final String REMOVE =
      """
      DELETE FROM message_words
        WHERE rowid = (SELECT message_key FROM messages WHERE message_id = ?)
      """;
  private static final String PURGE =
      """
      DELETE FROM message_words WHERE rowid IN (SELECT message_key FROM messages
        WHERE room_key = (SELECT room_key FROM rooms WHERE room_id = ?))
      """;
  private static final String BUILT_TO = "SELECT built_to FROM search_index";
  private static final String BEGIN =
      "INSERT OR REPLACE INTO search_index (index_key, built_to, words_version) VALUES (1, 0, ?)";
  private static final String SET_BUILT_TO = "UPDATE search_index SET built_to = ?";
  private static final String IS_CURRENT =
      "SELECT count(*) FROM search_index WHERE words_version = ?";
  private static final String UP_TO = "SELECT count(*) FROM messages WHERE message_key <= ?";

  private final Session session;
  private final Map<MessageId, String> changed = new LinkedHashMap<>();
  private boolean kept;

  public SearchIndex(Session session) {
    this.session = session;
    kept = wanted();
  }

  /** Is told how many of so many messages are in the index that is being made. */
  public interface Progress {
    void indexed(long messages, long of);
  }

  /**
   * Makes the index, goes on making it where that was interrupted, and makes it anew where it holds
   * other words than are looked for. Transactions of its own.
   */
  public void build(Progress progress) {
    if (!isCurrent()) {
      session.writing(this::beginAnew);
    }
    kept = true;
    long of = builtTo() == null ? 0 : upTo(Long.MAX_VALUE);
    for (@Nullable Long from = builtTo(); from != null; from = builtTo()) {
      long key = from;
      session.writing(() -> buildFrom(key));
      Long to = builtTo();
      progress.indexed(to == null ? of : upTo(to), of);
    }
  }

  /** Where the file has an index that is not whole, or of other words, makes it whole. */
  public void finishBuilding(Progress progress) {
    if (kept) {
      build(progress);
    }
  }

  /** Takes the index away. One transaction; the file keeps its size. */
  public void drop() {
    kept = false;
    changed.clear();
    session.writing(
        () -> {
          session.execute("DROP TABLE IF EXISTS message_words");
          return session.rows().update("DELETE FROM search_index");
        });
  }

  /** Empties a damaged index, to be made anew when the file is opened next. One transaction. */
  public void distrust() {
    drop();
    session.writing(this::create);
  }

  /** Forgets what a transaction had changed that is not going to be committed, or is. */
  public void begin() {
    changed.clear();
  }

  void put(Message message) {
    if (kept) {
      changed.put(message.id(), text(message));
      if (changed.size() >= MOST_HELD) {
        flush();
      }
    }
  }

  /** To be called while the message is still stored. */
  void remove(MessageId id) {
    if (kept) {
      changed.remove(id);
      session.rows().update(REMOVE, id.value());
    }
  }

  /** To be called while the room's messages are still stored. */
  void purge(RoomId room) {
    if (kept) {
      flush();
      session.rows().update(PURGE, room.value());
    }
  }

  /** Brings the index to what the transaction has done so far; to be called before it commits. */
  public void flush() {
    // In the order of keys, since FTS5 also writes out what it holds before a smaller one.
    SortedMap<Long, String> texts = new TreeMap<>();
    changed.forEach((id, text) -> key(id).ifPresent(key -> texts.put(key, text)));
    texts.forEach(this::index);
    changed.clear();
  }

  private Optional<Long> key(MessageId id) {
    return session.rows().first(KEY, row -> row.number(1), id.value());
  }

  private void index(long key, String text) {
    session.rows().update(PUT, key, Words.forms(text));
  }

  private int beginAnew() {
    session.execute("DROP TABLE IF EXISTS message_words");
    return create();
  }

  private int create() {
    session.execute(CREATE);
    return session.rows().update(BEGIN, Words.VERSION);
  }

  private int buildFrom(long from) {
    List<MessageRows.Keyed> next = new MessageRows(session.rows()).after(from, BUILT_AT_ONCE);
    for (MessageRows.Keyed row : next) {
      index(row.key(), text(row.message()));
    }
    boolean isLast = next.size() < BUILT_AT_ONCE;
    return session.rows().update(SET_BUILT_TO, isLast ? null : next.get(next.size() - 1).key());
  }

  /** What is encrypted has no words: {@link dev.strandline.search.SearchQuery#covers}. */
  private static String text(Message message) {
    return "e2e".equals(message.type()) ? "" : message.shownText();
  }

  private boolean wanted() {
    return session
        .rows()
        .first("SELECT count(*) FROM search_index", row -> row.count(1) > 0)
        .orElse(false);
  }

  private boolean isCurrent() {
    return session.rows().first(IS_CURRENT, row -> row.count(1) > 0, Words.VERSION).orElse(false);
  }

  private long upTo(long key) {
    return session.rows().first(UP_TO, row -> row.number(1), key).orElse(0L);
  }

  private @Nullable Long builtTo() {
    List<Long> found =
        session
            .rows()
            .list(
                BUILT_TO,
                row -> {
                  Long key = row.numberOrNull(1);
                  return key == null ? -1L : key;
                });
    return found.isEmpty() || found.get(0) < 0 ? null : found.get(0);
  }
}
