package dev.strandline.store.sqlite.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The table of threads, which follows from that of messages: kept up once a transaction for each
 * thread that the transaction touched. Triggers would do the same for every row, and make SQLite
 * keep a copy of every page that a row changes, in case that row fails. Belongs to one transaction.
 */
final class ThreadRows {
  private static final String ADD =
      """
      INSERT INTO threads (room_key, root_id, replies, newest_reply_at, has_root)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (room_key, root_id) DO UPDATE SET
          replies = replies + excluded.replies,
          newest_reply_at = CASE
            WHEN newest_reply_at IS NULL THEN excluded.newest_reply_at
            WHEN excluded.newest_reply_at IS NULL THEN newest_reply_at
            ELSE max(newest_reply_at, excluded.newest_reply_at) END,
          has_root = max(has_root, excluded.has_root)
      """;

  private static final String COUNT =
      """
      INSERT INTO threads (room_key, root_id, replies, newest_reply_at, has_root)
        SELECT ?1, ?2, count(*), max(m.sent_at),
            EXISTS (SELECT 1 FROM messages r
              WHERE r.message_id = ?2 AND r.room_key = ?1 AND r.reply_count > 0)
          FROM messages m WHERE m.thread_id = ?2 AND m.room_key = ?1
        ON CONFLICT (room_key, root_id) DO UPDATE SET
          replies = excluded.replies, newest_reply_at = excluded.newest_reply_at,
          has_root = excluded.has_root
      """;

  private static final String DROP =
      "DELETE FROM threads WHERE room_key = ? AND root_id = ? AND replies = 0 AND has_root = 0";

  private record Key(long roomKey, String root) {}

  /** What has been added to a thread; or that more has happened, and it is to be counted. */
  private static final class Touched {
    private int replies;
    private long newestReplyAt = Long.MIN_VALUE;
    private boolean hasRoot;
    private boolean uncertain;
  }

  private final Rows rows;
  private final Map<Key, Touched> touched = new LinkedHashMap<>();

  ThreadRows(Rows rows) {
    this.rows = rows;
  }

  /** A reply was stored under an id that was not there before. */
  void replyAdded(long roomKey, String root, long sentAt) {
    Touched thread = touched(roomKey, root);
    thread.replies++;
    thread.newestReplyAt = Math.max(thread.newestReplyAt, sentAt);
  }

  /** A message that has replies was stored under an id that was not there before. */
  void rootAdded(long roomKey, String id) {
    touched(roomKey, id).hasRoot = true;
  }

  /** Something else happened to a reply or the root of a thread. */
  void changed(long roomKey, String root) {
    touched(roomKey, root).uncertain = true;
  }

  private Touched touched(long roomKey, String root) {
    return touched.computeIfAbsent(new Key(roomKey, root), key -> new Touched());
  }

  /** Writes what has come together since the last call. */
  void write() {
    if (touched.isEmpty()) {
      return;
    }
    touched.forEach(this::write);
    touched.clear();
  }

  private void write(Key key, Touched thread) {
    if (thread.uncertain) {
      rows.update(COUNT, key.roomKey(), key.root());
      rows.update(DROP, key.roomKey(), key.root());
      return;
    }
    rows.update(
        ADD,
        key.roomKey(),
        key.root(),
        thread.replies,
        thread.replies == 0 ? null : thread.newestReplyAt,
        thread.hasRoot ? 1 : 0);
  }
}
