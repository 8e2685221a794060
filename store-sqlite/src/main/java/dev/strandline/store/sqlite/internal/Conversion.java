package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreException;
import java.nio.charset.StandardCharsets;

/**
 * Brings a file from plain documents to compressed ones, or back. One transaction, so that a file
 * is one or the other whatever happens; then the file gives up the room that it does not need.
 */
public final class Conversion {
  /** Where the messages are while they are moved. */
  static final String BEFORE = "messages_before";

  /** What {@code messages_compact.sql} describes. */
  static final int FORMAT = 1;

  private static final String DICTIONARY = "dictionary_1.txt";

  private static final String SET_COMPACT =
      "INSERT INTO compression (compression_key, format, dictionary) VALUES (1, ?, ?)";

  private final Session session;
  private final Rows rows;

  public Conversion(Session session) {
    this.session = session;
    rows = session.rows();
  }

  /** Compresses what is not compressed. Reads and writes every message where it is not. */
  public void compress() {
    if (!(session.documents() instanceof CompactDocuments)) {
      byte[] dictionary = Schema.resource(DICTIONARY).getBytes(StandardCharsets.UTF_8);
      convert(CompactDocuments.SCRIPT, () -> rows.update(SET_COMPACT, FORMAT, dictionary));
    }
  }

  /** The way back. */
  public void expand() {
    if (session.documents() instanceof CompactDocuments) {
      convert(PlainDocuments.SCRIPT, () -> rows.update("DELETE FROM compression"));
    }
  }

  private void convert(String script, Runnable setting) {
    long moved = moved(script, setting);
    if (moved > 0) {
      giveBackRoom();
    }
  }

  private long moved(String script, Runnable setting) {
    try {
      // Views keep naming the table that comes in place of the renamed one.
      session.execute("PRAGMA legacy_alter_table = ON");
      return session.writing(
          () -> {
            Documents before = session.documents();
            session.execute("DROP VIEW message_view");
            session.execute("DROP INDEX messages_in_reading_order");
            session.execute("DROP INDEX messages_sent_ahead");
            session.execute("DROP INDEX replies_in_reading_order");
            session.execute("ALTER TABLE messages RENAME TO " + BEFORE);
            session.script(Schema.resource(script));
            setting.run();
            long count = move(before, session.documents());
            session.execute("DROP TABLE " + BEFORE);
            return count;
          });
    } finally {
      session.execute("PRAGMA legacy_alter_table = OFF");
    }
  }

  private long move(Documents from, Documents to) {
    long[] moved = {0};
    rows.each(
        from.sql().allOf(BEFORE),
        row -> new MessageRows.Keyed(row.number(1), from.message(row)),
        each -> {
          rows.update(
              to.move(),
              statement -> {
                statement.setLong(1, each.key());
                to.bind(statement, each.message());
              });
          moved[0]++;
        });
    return moved[0];
  }

  private void giveBackRoom() {
    try {
      // All of the file goes through a temporary one: not through memory, as small things do.
      session.execute("PRAGMA temp_store = FILE");
      session.execute("VACUUM");
    } catch (StoreException e) {
      // What is free in the file is used by what comes.
      System.getLogger(Conversion.class.getName())
          .log(System.Logger.Level.WARNING, "The file keeps its size: {0}", e.getMessage());
    } finally {
      session.execute("PRAGMA temp_store = MEMORY");
    }
  }
}
