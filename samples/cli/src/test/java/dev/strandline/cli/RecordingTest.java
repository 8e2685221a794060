package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.spi.Store;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.store.StoreContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --record}, and what a stock WireMock makes of it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class RecordingTest {
  private static final Pattern PORT = Pattern.compile("^port:\\s+(\\d+)");

  @TempDir private Path folder;

  @Test
  void aStockWireMockServesWhatSyncRecorded() throws Exception {
    try (Town town = new Town()) {
      // As on a real server, whose headers tell the clock that stamps messages.
      town.server.api().rateLimit(new RateLimit(1_000_000, Duration.ofMinutes(1)));
      town.workspace.conversation().fill(town.square, 700);
      Path db = folder.resolve("recorded.db");
      Path recording = folder.resolve("recording");
      Object[] record = {"--all", "--page-size", "300", "--record", recording};
      assertThat(town.cli.sync(town.server, db, record).state()).isZero();
      town.post("one more");
      Cli.Result second = town.cli.sync(town.server, db, record);
      assertThat(second.state()).isZero();
      assertThat(second.err()).contains("Recorded into " + recording).contains("--scrub share");

      Process wireMock = stockWireMock(recording);
      try {
        String url = "http://127.0.0.1:" + port(wireMock);
        Cli anybody =
            new Cli(Map.of("STRANDLINE_USER_ID", "anybody", "STRANDLINE_AUTH_TOKEN", "any"), 0);
        Path copy = folder.resolve("replayed.db");
        for (int run = 0; run < 2; run++) {
          Cli.Result replayed =
              anybody.run(
                  "sync",
                  "--server",
                  url,
                  "--db",
                  copy,
                  "--all",
                  "--page-size",
                  "300",
                  "--retries",
                  "0");
          assertThat(replayed.state()).as(replayed.err()).isZero();
        }
        assertThat(content(copy)).isEqualTo(content(db));
      } finally {
        wireMock.destroyForcibly().waitFor();
      }
    }
  }

  private static List<String> content(Path db) {
    try (Store store = SqliteStore.openReadOnly(db)) {
      return StoreContent.lines(store);
    }
  }

  private static Process stockWireMock(Path recording) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Path.of("target/wiremock/wiremock-standalone.jar").toAbsolutePath().toString(),
            "--port",
            "0",
            "--bind-address",
            "127.0.0.1",
            "--root-dir",
            recording.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Waits until the server says where it listens. */
  private static int port(Process wireMock) throws IOException {
    BufferedReader out = wireMock.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new AssertionError("WireMock has ended:\n" + said);
  }

  @Test
  void aRecordingToShareHoldsNoWordThatAnybodyWrote() throws Exception {
    try (Town town = new Town()) {
      town.post("meet me at Waverley");
      Path recording = folder.resolve("shared");
      Cli.Result synced =
          town.cli.sync(
              town.server,
              folder.resolve("s.db"),
              "--all",
              "--record",
              recording,
              "--scrub",
              "share");
      assertThat(synced.state()).isZero();
      assertThat(synced.err()).contains("Recorded into").doesNotContain("--scrub");
      try (var files = Files.walk(recording)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file))
              .doesNotContain("Waverley")
              .doesNotContain(town.ada.id())
              .doesNotContain(town.ada.authToken());
        }
      }
    }
  }

  @Test
  void aDirectoryThatHoldsSomethingElseIsRefusedBeforeAnythingIsAsked() throws Exception {
    try (Town town = new Town()) {
      Files.writeString(folder.resolve("mine.txt"), "mine");
      Cli.Result refused =
          town.cli.sync(town.server, folder.resolve("r.db"), "--all", "--record", folder);
      assertThat(refused.state()).isEqualTo(ExitState.SCOPES_FAILED);
      assertThat(refused.err()).contains("it holds something else");
      assertThat(town.server.requests()).isEmpty();
    }
  }
}
