package dev.strandline.store.sqlite.internal;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Told;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What columns hold of values. */
final class Columns {
  private Columns() {}

  static @Nullable Long millis(@Nullable ServerTime time) {
    return time == null ? null : time.epochMilli();
  }

  static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** When something was told; null where {@code stamp} is. */
  static @Nullable Told told(Row row, String date, String stamp) throws SQLException {
    ServerTime latest = row.time(stamp);
    return latest == null ? null : new Told(row.time(date), latest);
  }

  /** The scope of which {@code text} is the text. */
  static Scope scope(String text) {
    if (text.startsWith("room:")) {
      return Scope.room(new RoomId(text.substring("room:".length())));
    }
    if (text.startsWith("thread:")) {
      return Scope.thread(new MessageId(text.substring("thread:".length())));
    }
    throw new IllegalArgumentException("no scope: " + text);
  }
}
