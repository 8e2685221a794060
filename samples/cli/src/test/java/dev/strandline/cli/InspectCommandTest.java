package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.store.sqlite.SqliteStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code strandline inspect} as it is started and stopped. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InspectCommandTest {
  @TempDir private Path folder;

  private Path store() {
    Path file = folder.resolve("chat.db");
    SqliteStore.open(file).close();
    return file;
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidToBeMissing() {
    Cli.Result result = Cli.withoutAccount().run("inspect", "--db", folder.resolve("none.db"));
    assertThat(result.state()).isEqualTo(ExitState.DATABASE);
    assertThat(result.err()).contains("there is no database at");
  }

  @Test
  void aPortThatIsNoneOrTakenIsAMistakeOfTheCommandLine() throws Exception {
    Cli nobody = Cli.withoutAccount();
    Path file = store();
    assertThat(nobody.run("inspect", "--db", file, "--port", "70000").state())
        .isEqualTo(ExitState.USAGE);
    byte[] loopback = {127, 0, 0, 1};
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
      Cli.Result result = nobody.run("inspect", "--db", file, "--port", taken.getLocalPort());
      assertThat(result.state()).isEqualTo(ExitState.USAGE);
      assertThat(result.err()).contains("cannot listen on port " + taken.getLocalPort());
    }
  }

  @Test
  void itServesUntilItIsStoppedAndLeavesTheFileAsItWas() throws Exception {
    Path file = store();
    byte[] before = Files.readAllBytes(file);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "inspect",
                "--db",
                file.toString())
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String link = out.readLine();
      assertThat(link).matches("http://127\\.0\\.0\\.1:[0-9]+/#token=[A-Za-z0-9_-]{40,}");
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(link.replaceAll("#.*", ""))).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).contains("<title>Strandline</title>");
      // By its handle: Process itself would close the stream that is read from.
      process.toHandle().destroy();
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
