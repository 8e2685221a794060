package dev.strandline.transport.http.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.replay.RecordedServer;
import dev.strandline.testkit.store.StoreContent;
import dev.strandline.transport.http.Scrubbing;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording tells the story of the run that was recorded. */
class RecordAndReplayTest {
  @TempDir Path folder;

  @Test
  void aReplayLeavesTheContentOfTheRecordedRun_confirmedDates() {
    try (Town town = Town.limited()) {
      replaysTo(town, MemoryStore::new);
    }
  }

  @Test
  void aReplayLeavesTheContentOfTheRecordedRun_unconfirmedDates() {
    try (Town town = Town.unlimited()) {
      replaysTo(town, MemoryStore::new);
    }
  }

  @Test
  void aReplayLeavesTheContentOfTheRecordedRun_sqlite() {
    int[] number = new int[1];
    try (Town town = Town.limited()) {
      replaysTo(town, () -> SqliteStore.open(folder.resolve(number[0]++ + ".db")));
    }
  }

  /** Two runs with changes between them are recorded, and replayed twice. */
  private void replaysTo(Town town, Supplier<Store> stores) {
    Path recording = folder.resolve("recording");
    town.workspace.conversation().fill(town.square, 180);
    List<String> recorded;
    Store original = stores.get();
    try (Strandline strandline = town.recorded(original, recording, Scrubbing.secretsOnly())) {
      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
      town.change();
      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
      recorded = StoreContent.lines(original);
    }
    try (RecordedServer server =
        RecordedServer.start(recording, RecordedServer.Options.standard())) {
      for (int replay = 0; replay < 2; replay++) {
        server.rewind();
        Store copy = stores.get();
        try (Strandline strandline = Town.replayed(copy, server)) {
          for (int run = 0; run < 3; run++) {
            SyncReport report = strandline.syncEverything();
            assertThat(server.notFound()).isEmpty();
            assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
          }
          assertThat(StoreContent.lines(copy)).isEqualTo(recorded);
          assertThat(server.neverAsked()).isEmpty();
        }
      }
    }
  }
}
