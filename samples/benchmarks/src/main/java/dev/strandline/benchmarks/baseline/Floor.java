package dev.strandline.benchmarks.baseline;

import dev.strandline.benchmarks.data.Row;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The least that has to be done: the rows are in memory already, in the order in which they would
 * arrive, and go into the file in batches of 10,000 a transaction. No network, no JSON, no
 * decision.
 */
public final class Floor implements Contender {
  private static final int ROWS_A_TRANSACTION = 10_000;

  private final Iterable<List<Row>> rooms;
  private final boolean upserting;

  private Floor(Iterable<List<Row>> rooms, boolean upserting) {
    this.rooms = rooms;
    this.upserting = upserting;
  }

  /** Fills an empty file. */
  public static Floor inserting(Iterable<List<Row>> rooms) {
    return new Floor(rooms, false);
  }

  /** Writes over whatever is in the file, the same or not. */
  public static Floor upserting(List<List<Row>> rooms) {
    return new Floor(rooms, true);
  }

  @Override
  public String name() {
    return upserting ? "unconditional upsert, rows in memory" : "floor: rows in memory, raw JDBC";
  }

  @Override
  public void run(Path file) throws SQLException {
    if (!upserting) {
      RawStore.create(file);
    }
    try (RawStore store = RawStore.tuned(file);
        PreparedStatement put =
            store.connection().prepareStatement(upserting ? RawStore.UPSERT : RawStore.INSERT)) {
      int held = 0;
      for (List<Row> room : rooms) {
        for (Row row : room) {
          store.bind(put, row);
          put.addBatch();
          if (++held == ROWS_A_TRANSACTION) {
            put.executeBatch();
            store.connection().commit();
            held = 0;
          }
        }
        store.position(room.get(0).room(), room.get(room.size() - 1).updatedAt());
      }
      put.executeBatch();
      store.connection().commit();
      store.putThreads();
    }
  }
}
