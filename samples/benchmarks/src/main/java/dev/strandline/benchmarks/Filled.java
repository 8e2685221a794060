package dev.strandline.benchmarks;

import dev.strandline.benchmarks.baseline.Floor;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.IntStream;

/** Stores that hold a workspace as if it had been synchronised, made without a server. */
final class Filled {
  private Filled() {}

  /** Fills a new file, with every room known to its beginning and up to the workspace's present. */
  static void make(Path file, Shape shape) throws SQLException {
    Workspace workspace = new Workspace(shape);
    Floor.inserting(() -> IntStream.range(0, shape.rooms()).mapToObj(workspace::room).iterator())
        .run(file);
    ServerTime present = ServerTime.ofEpochMilli(Shape.END.toEpochMilli());
    try (SqliteStore store = SqliteStore.open(file)) {
      store.write(
          writer -> {
            for (int room = 0; room < shape.rooms(); room++) {
              writer.putRoomState(
                  RoomState.anchoredAt(new RoomId(shape.roomId(room)), present)
                      .withHistory(Reach.beginning(ServerTime.EPOCH))
                      .claimed(present, new Told(present, present)));
            }
            return present;
          });
    }
  }
}
