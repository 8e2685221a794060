package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The file itself: whose it is, how large, and what it holds all in all. */
final class FileView {
  private final Path file;

  FileView(Path file) {
    this.file = file;
  }

  /** What is known without counting anything but rooms. */
  JsonObject overview(StoreReader reader, Sql sql) throws SQLException {
    StoreOwner owner = reader.owner().orElse(null);
    DirectoryState directory = reader.directory();
    return new JsonObject()
        .put("file", String.valueOf(file.getFileName()))
        .put("path", file.toAbsolutePath().normalize().toString())
        .putNumber("bytes", size(file))
        .putNumber("logBytes", size(file.resolveSibling(file.getFileName() + "-wal")))
        .put("schema", sql.number("PRAGMA user_version"))
        .put("account", owner == null ? null : owner.account())
        .put("serverId", owner == null ? null : owner.serverId())
        .putNumber("subscriptionsUntil", Words.millis(directory.subscriptions()))
        .putNumber("roomsUntil", Words.millis(directory.rooms()))
        .putNumber("newsAsOf", Words.millis(directory.newsAsOf()))
        .putNumber("directoryReadAt", readAt(directory))
        .put("quarantined", sql.number("SELECT EXISTS (SELECT 1 FROM quarantine)") > 0)
        .put("rooms", new RoomList(reader, sql).summary());
  }

  /** Counts every row. The cost grows with the file. */
  JsonObject totals(Sql sql) throws SQLException {
    return new JsonObject()
        .put("rooms", sql.number("SELECT count(*) FROM rooms"))
        .put("messages", sql.number("SELECT count(*) FROM messages"))
        .put("threads", sql.number("SELECT count(*) FROM threads WHERE replies > 0"))
        .put("tombstones", sql.number("SELECT count(*) FROM tombstones"))
        .put("quarantined", sql.number("SELECT count(*) FROM quarantine"))
        .put("inQuestion", sql.number("SELECT count(*) FROM in_question"));
  }

  private static @Nullable Long readAt(DirectoryState directory) {
    Told read = directory.read();
    return read == null ? null : Words.millis(read.date() == null ? read.stamp() : read.date());
  }

  private static @Nullable Long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return null; // not there: there is no log while nobody has the store open
    }
  }
}
