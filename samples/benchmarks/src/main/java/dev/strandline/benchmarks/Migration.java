package dev.strandline.benchmarks;

import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How long a file of an earlier version takes to be brought to the newest: from opening it for
 * writing to its being closed and checkpointed.
 */
final class Migration implements Benchmark {
  /** Takes back what versions 2 and later brought, to the extent that their scripts look at it. */
  private static final List<String> TO_VERSION_1 =
      List.of(
          "PRAGMA foreign_keys = OFF",
          "BEGIN",
          "DROP VIEW in_question_view",
          "DROP VIEW room_view",
          "DROP TABLE in_question",
          "ALTER TABLE room_state DROP COLUMN told_date",
          "ALTER TABLE room_state DROP COLUMN told_stamp",
          "ALTER TABLE directory DROP COLUMN read_date",
          "ALTER TABLE directory DROP COLUMN read_stamp",
          "ALTER TABLE directory RENAME COLUMN news_as_of TO told_until",
          "CREATE VIEW room_view AS SELECT room_id FROM rooms",
          "PRAGMA user_version = 1",
          "COMMIT");

  @Override
  public String name() {
    return "migration";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    report.table("Migration from version 1", "messages", "rooms", "bytes of the file", "ms");
    try (Scratch scratch = setup.scratch()) {
      Path file = scratch.empty("migration.db");
      Filled.make(file, shape);
      stepBack(file);
      long bytes = Files.size(file);
      long began = System.nanoTime();
      boolean migrated = SqliteStore.builder().migrate(file);
      long took = (System.nanoTime() - began) / 1_000_000;
      if (!migrated) {
        throw new IllegalStateException("the file was not of an earlier version");
      }
      report.row(
          Benchmark.number(shape.messages()),
          Benchmark.number(shape.rooms()),
          Benchmark.number(bytes),
          Benchmark.number(took));
    }
  }

  private static void stepBack(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : TO_VERSION_1) {
        statement.execute(sql);
      }
    }
  }
}
