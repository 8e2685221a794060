package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncOptions;
import dev.strandline.SyncRequest;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.journal.Ending;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Message;
import dev.strandline.model.Scope;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.Workers;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A process that dies before or after any of its commits leaves a journal that is true. */
class JournalCrashTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final TestClock clock = new TestClock();
  private final SyncOptions options =
      SyncOptions.builder().pageSize(7).retry(RetryPolicy.never()).lanes(1).build();

  /** Runs once, and dies at the crash point of this number; answers whether there was one. */
  private boolean dies(MemoryStore rows, int at) {
    int[] passed = new int[1];
    CrashingStore crashing = new CrashingStore(rows, () -> ++passed[0] == at);
    Engine engine =
        new Engine(
            crashing,
            server,
            options,
            new Surroundings(clock, Workers.shared(), new Random(1), new Listeners()));
    try {
      engine.sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
      return false;
    } catch (CrashingStore.Crash e) {
      return true;
    }
  }

  @Test
  void r2_atEveryCrashThePagesOfTheJournalAreThoseOfTheRows() {
    workspace.posts("m", 20, MINUTE);
    pass();
    int crashes = 0;
    for (int at = 1; ; at++) {
      MemoryStore rows = new MemoryStore();
      if (!dies(rows, at)) {
        break;
      }
      crashes++;
      assertPagesTellOfTheRows(rows);
      // And the next run goes on from there, and counts on.
      dies(rows, -1);
      assertPagesTellOfTheRows(rows);
    }
    assertThat(crashes).isGreaterThan(10);
  }

  @Test
  void aRunThatACrashHasInterruptedIsFoundOutByTheNext() {
    workspace.posts("m", 20, MINUTE);
    pass();
    MemoryStore rows = new MemoryStore();
    assertThat(dies(rows, 8)).isTrue();
    rows.read(
        reader -> {
          RunEntry run = reader.run(1).orElseThrow();
          assertThat(run.ending()).isNull();
          assertThat(reader.passes(1)).extracting(PassEntry::ending).containsOnlyNulls();
          return run;
        });
    dies(rows, -1);
    rows.read(
        reader -> {
          assertThat(reader.run(1).orElseThrow().ending()).isEqualTo(Ending.INTERRUPTED);
          assertThat(reader.run(1).orElseThrow().finishedAt()).isNull();
          assertThat(reader.passes(1))
              .isNotEmpty()
              .extracting(PassEntry::ending)
              .containsOnly(Ending.INTERRUPTED);
          assertThat(reader.run(2).orElseThrow().ending()).isEqualTo(Ending.COMPLETE);
          return reader.passes(1);
        });
  }

  private void pass() {
    workspace.pass(Duration.ofHours(1));
    clock.advance(Duration.ofHours(1));
  }

  private static void assertPagesTellOfTheRows(MemoryStore rows) {
    rows.read(
        reader -> {
          JournalReach reach = reader.journalReach();
          List<Message> live = new ArrayList<>();
          reader.forEachMessage(Scope.room(Workspace.ROOM), live::add);
          for (Message message : live) {
            MessageLinks.Live links = reader.links(message.id()).live();
            assertThat(links).isNotNull();
            assertThat(reader.page(links.added())).as("page of %s", message).isPresent();
            assertThat(reader.page(links.written())).as("page of %s", message).isPresent();
          }
          PageCounts sum = PageCounts.NONE;
          for (long run = reach.firstRun(); run != 0 && run <= reach.lastRun(); run++) {
            sum = sum.plus(sum(reader, run));
          }
          assertThat(sum.added() - sum.removed()).isEqualTo(live.size());
          return reach;
        });
  }

  private static PageCounts sum(StoreReader reader, long run) {
    return reader.pages(run, 0, 1000).stream()
        .map(PageEntry::counts)
        .reduce(PageCounts.NONE, PageCounts::plus);
  }
}
