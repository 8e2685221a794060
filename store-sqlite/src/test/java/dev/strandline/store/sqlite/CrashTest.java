package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.spi.Origin;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other processes do, and what is left when they die. */
final class CrashTest {
  @TempDir Path folder;

  @Test
  void r2_aKilledWriterLeavesEveryAcknowledgedCommitAndNoHalfOne() throws Exception {
    Path file = folder.resolve("store.db");
    for (int round = 1; round <= 5; round++) {
      long acknowledged = -1;
      try (ChildJvm child = ChildJvm.writing(file)) {
        for (int i = 0; i < round * 7; i++) {
          acknowledged = Long.parseLong(child.says());
        }
        child.kill();
        for (String more = child.says(); more != null; more = child.says()) {
          acknowledged = Long.parseLong(more);
        }
      }
      long last = acknowledged;
      try (SqliteStore store = SqliteStore.open(file)) {
        assertThat(store.check()).isEmpty();
        long count = store.read(r -> r.counts(TestMessages.ROOM)).messages();
        assertThat(count % 10).isZero();
        assertThat(count).isGreaterThanOrEqualTo((last + 1) * 10);
        Optional<Message> newest = store.read(r -> r.message(new MessageId("m" + last + "-9")));
        assertThat(newest).isPresent();
      }
    }
  }

  @Test
  void anotherProcessReadsSoundlyWhileThisOneWrites() throws Exception {
    Path file = folder.resolve("store.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      put(store, "first", 0);
      try (ChildJvm child = ChildJvm.reading(file)) {
        assertThat(child.says()).isEqualTo("read");
        for (int i = 0; i < 100; i++) {
          put(store, "m" + i, i);
        }
        put(store, "last", 100);
        assertThat(child.says()).isEqualTo("done");
        assertThat(child.exit()).isZero();
      }
    }
  }

  private static void put(SqliteStore store, String id, long sentAt) {
    store.write(
        w -> {
          w.putMessage(TestMessages.message(id, sentAt), Origin.ROOM);
          return 0;
        });
  }
}
