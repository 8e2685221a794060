package dev.strandline.transport.http.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.Failure;
import dev.strandline.RetryPolicy;
import dev.strandline.ScopeReport;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.error.RecordingFailedException;
import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.replay.RecordedServer;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.store.StoreContent;
import dev.strandline.transport.http.Scrubbing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What went wrong while it was recorded goes wrong in the same way when it is replayed. */
class FailuresTest {
  // On one lane: which room meets which fault is otherwise a matter of chance.
  private static final SyncOptions ONE_TRY =
      Town.OPTIONS.toBuilder().lanes(1).retry(RetryPolicy.never()).build();

  @TempDir Path folder;

  private static List<String> kinds(SyncReport report) {
    List<String> kinds = new ArrayList<>();
    Failure stoppedBy = report.stoppedBy();
    kinds.add(report.outcome() + (stoppedBy == null ? "" : " by " + stoppedBy.kind()));
    for (ScopeReport scope : report.scopes()) {
      Failure failure = scope.failure();
      kinds.add(scope.outcome() + (failure == null ? "" : " " + failure.kind()));
    }
    return kinds;
  }

  private static final String TOO_MANY =
      "{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 1"
          + " seconds before trying this endpoint again. [error-too-many-requests]\"}";

  @Test
  void everyFailureIsToldAgain() {
    try (Town town = Town.limited()) {
      town.workspace.conversation().fill(town.square, 120);
      town.server
          .faults()
          .next(
              "chat.syncMessages",
              Fault.status(503),
              Fault.cut(1_000),
              Fault.garbage(),
              Fault.html(),
              Fault.answer(429, "application/json", TOO_MANY),
              Fault.cut(0),
              Fault.reset(),
              Fault.reset(),
              Fault.unauthorized());
      List<List<String>> recorded = new ArrayList<>();
      List<String> content;
      MemoryStore original = new MemoryStore();
      try (Strandline strandline =
          Strandline.builder()
              .store(original)
              .transport(
                  town.transport().recordTo(folder.resolve("r"), Scrubbing.secretsOnly()).build())
              .options(ONE_TRY)
              .build()) {
        for (int run = 0; run < 10; run++) {
          recorded.add(kinds(strandline.syncEverything()));
        }
        content = StoreContent.lines(original);
      }
      assertThat(recorded.toString())
          .contains("server-error")
          .contains("unreachable")
          .contains("malformed-response")
          .contains("not-authorized");
      assertThat(recorded.get(9).get(0)).isEqualTo("COMPLETE");
      try (RecordedServer server =
          RecordedServer.start(folder.resolve("r"), RecordedServer.Options.standard())) {
        MemoryStore copy = new MemoryStore();
        try (Strandline strandline = Town.replayed(copy, server, ONE_TRY)) {
          for (int run = 0; run < 10; run++) {
            assertThat(withoutEnd(kinds(strandline.syncEverything())))
                .as("run %s", run)
                .isEqualTo(withoutEnd(recorded.get(run)));
          }
          assertThat(StoreContent.lines(copy)).isEqualTo(content);
        }
        assertThat(server.notFound()).isEmpty();
        assertThat(server.neverAsked()).isEmpty();
      }
    }
  }

  @Test
  void anAnswerThatNeverCameTakesTheSameWayWithoutAnybodyWaiting() {
    try (Town town = Town.limited()) {
      town.post("high tide");
      List<String> content;
      MemoryStore original = new MemoryStore();
      try (Strandline strandline =
          Strandline.builder()
              .store(original)
              .transport(
                  town.transport()
                      .requestTimeout(Duration.ofSeconds(3))
                      .recordTo(folder.resolve("r"), Scrubbing.secretsOnly())
                      .build())
              .options(Town.OPTIONS)
              .build()) {
        strandline.syncEverything();
        town.change();
        // The uncut call is too slow, so pages are asked for.
        town.server.faults().next("chat.syncMessages", Fault.hang());
        strandline.syncEverything();
        content = StoreContent.lines(original);
      }
      try (RecordedServer server =
          RecordedServer.start(folder.resolve("r"), RecordedServer.Options.standard())) {
        MemoryStore copy = new MemoryStore();
        try (Strandline strandline = Town.replayed(copy, server)) {
          strandline.syncEverything();
          strandline.syncEverything();
          assertThat(StoreContent.lines(copy)).isEqualTo(content);
        }
        assertThat(server.notFound()).isEmpty();
        assertThat(server.neverAsked()).isEmpty();
      }
    }
  }

  // --- the directory -----------------------------------------------------------------------------

  private void record(Town town, Store store, Scrubbing scrubbing) {
    try (Strandline strandline = town.recorded(store, folder.resolve("r"), scrubbing)) {
      strandline.syncEverything();
    }
  }

  @Test
  void aRecordingIsContinuedByTheNextRun() throws IOException {
    try (Town town = Town.limited()) {
      town.post("high tide");
      record(town, new MemoryStore(), Scrubbing.secretsOnly());
      long first = files("mappings");
      record(town, new MemoryStore(), Scrubbing.secretsOnly());
      assertThat(files("mappings")).isEqualTo(2 * first);
      String began = Files.readString(folder.resolve("r/mappings/00001-settings.public.json"));
      assertThat(began)
          .contains("\"requiredScenarioState\" : \"Started\"")
          .contains("\"newScenarioState\" : \"2\"");
    }
  }

  private long files(String inner) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("r").resolve(inner))) {
      return files.count();
    }
  }

  @Test
  void aDirectoryThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    try (Town town = Town.limited()) {
      assertThatThrownBy(
              () -> town.transport().recordTo(other, Scrubbing.secretsOnly()).build().close())
          .isInstanceOf(RecordingFailedException.class)
          .hasMessageContaining("it holds something else");
      record(town, new MemoryStore(), Scrubbing.secretsOnly());
      assertThatThrownBy(() -> record(town, new MemoryStore(), Scrubbing.forSharing()))
          .isInstanceOf(RecordingFailedException.class)
          .hasMessageContaining("scrubbed in another way");
    }
    try (Stream<Path> left = Files.list(other)) {
      assertThat(left).containsExactly(other.resolve("notes.txt"));
    }
  }

  @Test
  void twoDoNotRecordIntoOneDirectoryAtOnce() {
    try (Town town = Town.limited();
        Strandline first =
            town.recorded(new MemoryStore(), folder.resolve("r"), Scrubbing.secretsOnly())) {
      assertThat(first.local().rooms()).isEmpty();
      assertThatThrownBy(() -> record(town, new MemoryStore(), Scrubbing.secretsOnly()))
          .isInstanceOf(RecordingFailedException.class)
          .hasMessageContaining("another run is recording");
    }
  }

  @Test
  void anAnswerThatCannotBeRecordedIsNotStoredEither() throws IOException {
    try (Town town = Town.limited()) {
      town.post("high tide");
      MemoryStore store = new MemoryStore();
      try (Strandline strandline =
          town.recorded(store, folder.resolve("r"), Scrubbing.secretsOnly())) {
        strandline.syncEverything();
        List<String> before = StoreContent.lines(store);
        town.change();
        Files.move(folder.resolve("r/__files"), folder.resolve("elsewhere"));
        SyncReport report = strandline.syncEverything();
        Failure stoppedBy = report.stoppedBy();
        assertThat(stoppedBy).isNotNull();
        assertThat(stoppedBy.kind()).isEqualTo("recording-failed");
        assertThat(stoppedBy.message()).contains("run without recording");
        assertThat(StoreContent.lines(store)).isEqualTo(before);
      }
    }
  }

  // --- asking otherwise --------------------------------------------------------------------------

  @Test
  void whatWasNotRecordedIsNamedWithWhatIsNearest() {
    try (Town town = Town.limited()) {
      town.workspace.conversation().fill(town.square, 120);
      record(town, new MemoryStore(), Scrubbing.secretsOnly());
      SyncOptions larger = SyncOptions.builder().pageSize(60).build();
      try (RecordedServer server =
          RecordedServer.start(folder.resolve("r"), RecordedServer.Options.standard())) {
        try (Strandline strandline = Town.replayed(new MemoryStore(), server, larger)) {
          strandline.syncEverything();
        }
        assertThat(server.notFound())
            .isNotEmpty()
            .allSatisfy(
                each ->
                    assertThat(each)
                        .contains("chat.syncMessages count=60")
                        .contains("nearest in the recording: ")
                        .contains("different: count is 60 and was 50"));
      }
      try (RecordedServer server =
          RecordedServer.start(
              folder.resolve("r"), RecordedServer.Options.standard().ignoring("count"))) {
        MemoryStore copy = new MemoryStore();
        try (Strandline strandline = Town.replayed(copy, server, larger)) {
          strandline.syncEverything();
          assertThat(server.notFound()).isEmpty();
        }
      }
    }
  }

  /**
   * Where an answer breaks off right behind its head, the JDK's client hands that on or does not,
   * as it happens: so an answer has begun, or the server was not reached and the run ends.
   */
  private static List<String> withoutEnd(List<String> kinds) {
    return kinds.stream().map(kind -> kind.replace(" by unreachable", "")).toList();
  }
}
