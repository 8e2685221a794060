package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A thousand accounts in one small process, of which most sleep. */
@Timeout(900)
@EnabledOnOs(OS.LINUX)
final class ThousandAccountsTest {
  private static final int ACCOUNTS = 1_000;
  private static final int SYNCS = 4;
  private static final int KEEP_OPEN = 8;

  /** A small heap, and a compiler that is soon done: what is tested is over in seconds. */
  private static final List<String> SMALL = List.of("-Xmx40m", "-XX:TieredStopAtLevel=1");

  /** The fake server looks through all rooms for each account. */
  private static final int IN_ONE_ROOM = 10;

  @TempDir Path folder;

  /**
   * What the service may hold while all accounts are being read: descriptors for its threads and
   * the few databases and connections that are in use, and nothing for each account. (The JVM
   * itself has some 15 threads and 30 descriptors, jars among them.)
   */
  private static void assertFewThreadsAndFiles(Service service) {
    assertThat(service.status("Threads")).isLessThan(80);
    List<String> open = service.openFiles();
    assertThat(open).hasSizeLessThan(160);
    assertThat(databases(open)).isLessThanOrEqualTo(KEEP_OPEN + SYNCS + 16);
    assertThat(open.stream().filter(file -> file.startsWith("socket:")).count())
        .isLessThan(3 * SYNCS + 20);
  }

  private static String roomOf(List<String> rooms, int account) {
    return rooms.get(account / IN_ONE_ROOM);
  }

  private static long databases(List<String> open) {
    return open.stream().filter(file -> file.endsWith(".db")).distinct().count();
  }

  @Test
  void aThousandAccountsShareFewThreadsFewFilesAndASmallHeap() throws Exception {
    try (Harbour harbour = new Harbour(folder)) {
      List<FakeUser> users = new ArrayList<>();
      List<String> rooms = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        FakeUser user = harbour.person("user" + i);
        users.add(user);
        if (i % IN_ONE_ROOM == 0) {
          rooms.add(harbour.room("room" + rooms.size(), user));
          harbour.workspace.messages().post(roomOf(rooms, i), user, "the first of " + i);
          harbour.workspace.messages().post(roomOf(rooms, i), user, "the second of " + i);
        } else {
          harbour.workspace.rooms().join(roomOf(rooms, i), user);
        }
      }
      String[] arguments =
          harbour.arguments(
              "--syncs", "" + SYNCS, "--keep-open", "" + KEEP_OPEN, "--sleep-after", "PT1S");
      try (Service service = new Service(SMALL, arguments)) {
        URI url = service.url();
        for (int i = 99; i < ACCOUNTS; i += 100) {
          // In the order of the line, so this waits for about as many as there are before it.
          new App(url, "user" + i).awaitFirstRun();
          assertFewThreadsAndFiles(service);
        }
        service.awaitLine(line -> line.contains("every account has had its first run"));
        assertThat(metric(url, "accounts_never_complete")).isZero();

        // All sleep: what is open is what is kept open, whoever it was that was here last.
        assertFewThreadsAndFiles(service);
        assertThat(databases(service.openFiles())).isLessThanOrEqualTo(KEEP_OPEN);
        assertThat(metric(url, "open_files")).isLessThanOrEqualTo(KEEP_OPEN);
        assertThat(service.status("VmRSS")).as("KiB").isLessThan(400_000);

        // Any of them wakes, reads what there was, and hears what is new.
        for (int i = 0; i < ACCOUNTS; i += 50) {
          App app = new App(url, "user" + i);
          JsonNode page = app.get("rooms/" + roomOf(rooms, i) + "/messages");
          assertThat(page.findValuesAsText("text"))
              .containsExactlyInAnyOrder("the first of " + i, "the second of " + i);
        }
        harbour.workspace.messages().post(roomOf(rooms, 500), users.get(500), "the third");
        App app = new App(url, "user500");
        assertThat(app.sync().get("outcome").asText()).isEqualTo("complete");
        assertThat(
                app.get("rooms/" + roomOf(rooms, 500) + "/messages")
                    .at("/messages/0/text")
                    .asText())
            .isEqualTo("the third");
        assertFewThreadsAndFiles(service);

        assertThat(service.terminate()).last().asString().endsWith("stopped");
        assertThat(service.exitState()).isEqualTo(128 + 15);
      }
      assertThat(leftInLogs()).isEmpty();
    }
  }

  /** Logs with something in them, which SQLite leaves where a writer was not closed. */
  private List<Path> leftInLogs() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      return files
          .filter(file -> file.toString().endsWith("-wal") && file.toFile().length() > 0)
          .toList();
    }
  }

  private static long metric(URI url, String name) {
    String page = new App(url, "nobody", null).send("GET", "/metrics").response().body();
    Matcher line = Pattern.compile("(?m)^strandline_backend_" + name + " (\\d+)$").matcher(page);
    assertThat(line.find()).as(page).isTrue();
    return Long.parseLong(line.group(1));
  }
}
