package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.spi.Store;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.server.FakeUser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process: how it starts, and how it ends. */
@Timeout(120)
final class ProcessTest {
  @TempDir Path folder;

  @Test
  void sigtermEndsRunsAndListenersInOrderAndLeavesWholeFiles() throws Exception {
    try (Harbour harbour = new Harbour(folder);
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      harbour.person("ada");
      FakeUser bob = harbour.person("bob");
      harbour.workspace.conversation().fill(harbour.room("quay", bob), 50);
      harbour.elsewhere("ada", "http://127.0.0.1:" + silent.getLocalPort());
      try (Service service = new Service(List.of(), harbour.arguments())) {
        App his = new App(service.url(), "bob");
        his.awaitFirstRun();
        // Her run is under way: it waits for an answer that does not come.
        try (Socket asked = silent.accept();
            App.Stream stream = his.listen(null)) {
          assertThat(asked.getInputStream().read()).isEqualTo('G');
          stream.next("ready");
          List<String> said = service.terminate();
          assertThat(said).last().asString().endsWith("stopped");
          assertThat(service.exitState()).isEqualTo(128 + 15);
          assertThat(stream.next()).isNull();
        }
      }
      Path database = folder.resolve("data/bob.db");
      assertThat(Path.of(database + "-wal")).doesNotExist();
      try (Store store = SqliteStore.open(database)) {
        assertThat(store.check()).isEmpty();
      }
    }
  }

  @Test
  void aBadAccountsFileIsSaidInOneLine() throws Exception {
    try (Harbour harbour = new Harbour(folder)) {
      harbour.person("ada");
      String[] arguments = harbour.arguments();
      Files.writeString(folder.resolve("accounts.json"), "{\"accounts\": 7}");
      try (Service service = new Service(List.of(), arguments)) {
        assertThat(service.awaitEnd())
            .containsExactly(
                "strandline-backend: The accounts file "
                    + folder.resolve("accounts.json")
                    + ", accounts, is no list with an account in it. List at least one account.");
        assertThat(service.exitState()).isEqualTo(2);
      }
    }
  }

  @Test
  void aPortThatIsTakenAndAFolderThatIsMissingAreSaid() throws Exception {
    try (Harbour harbour = new Harbour(folder);
        ServerSocket taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      harbour.person("ada");
      String[] arguments = harbour.arguments("--listen", "127.0.0.1:" + taken.getLocalPort());
      try (Service service = new Service(List.of(), without(arguments, "127.0.0.1:0"))) {
        assertThat(service.awaitEnd()).last().asString().contains("Choose another --listen");
        assertThat(service.exitState()).isEqualTo(3);
      }
      Files.delete(folder.resolve("data"));
      try (Service service = new Service(List.of(), without(arguments, "127.0.0.1:0"))) {
        assertThat(service.awaitEnd()).first().asString().contains("mkdir -m 700");
        assertThat(service.exitState()).isEqualTo(2);
      }
    }
  }

  /** The arguments without an option's earlier value. */
  private static String[] without(String[] arguments, String value) {
    List<String> list = new java.util.ArrayList<>(List.of(arguments));
    int at = list.indexOf(value);
    list.subList(at - 1, at + 1).clear();
    return list.toArray(String[]::new);
  }
}
