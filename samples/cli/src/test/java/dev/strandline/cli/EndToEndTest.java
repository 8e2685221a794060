package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.strandline.testkit.server.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM of its own, as people run it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EndToEndTest {
  @TempDir private Path folder;

  private Process start(Cli account, Object... args) throws Exception {
    // Short-lived: compiling thoroughly does not pay.
    return start("-XX:TieredStopAtLevel=1", account, args);
  }

  private Process start(String option, Cli account, Object... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(account.environment());
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String out() throws Exception {
    return Files.readString(folder.resolve("out"));
  }

  @Test
  void theDemoRunsAndLeavesADatabaseThatASecondOneReplaces() throws Exception {
    Cli nobody = Cli.withoutAccount();
    assertThat(start(nobody, "demo").waitFor()).isZero();
    assertThat(out()).contains("equal byte for byte").contains("350 deleted messages");
    Path db = folder.resolve("strandline-demo.db");
    assertThat(out().lines()).last().asString().endsWith(" inspect --db " + db.getFileName());
    assertThat(nobody.run("status", "--db", db).lines()).hasSize(4);
    assertThat(nobody.run("doctor", "--db", db).state()).isZero();
  }

  @Test
  void r2_aRunThatIsKilledAnywhereIsContinuedToTheSameRows() throws Exception {
    try (Town town = new Town()) {
      town.workspace.conversation().fill(town.square, 1200);
      Path db = folder.resolve("killed.db");
      Object[] sync = {
        "sync", "--server", town.server.url(), "--db", db, "--all", "--page-size", "100"
      };
      for (int kill : new int[] {5, 6, 9}) {
        killAtRequest(kill, town, sync);
        town.post("said after a kill at request " + kill);
      }
      assertThat(start(town.cli, sync).waitFor()).isZero();
      assertThat(town.cli.run("doctor", "--db", db).state()).isZero();
      assertThat(
              start(town.cli, "messages", "--db", db, "--room", town.square, "--all", "--json")
                  .waitFor())
          .isZero();
      assertThat(out()).isEqualTo(town.listing());
    }
  }

  @Test
  void readingLoadsNothingThatOnlyTheNetworkOrTheDemoNeeds() throws Exception {
    try (Town town = new Town()) {
      Path db = folder.resolve("read.db");
      town.cli.sync(town.server, db, "--all");
      assertThat(start("-verbose:class", town.cli, "status", "--db", db).waitFor()).isZero();
      assertThat(out())
          .contains("dev.strandline.cli.StatusCommand")
          .doesNotContain("dev.strandline.testkit")
          .doesNotContain("dev.strandline.transport")
          .doesNotContain("com.fasterxml")
          .doesNotContain("me.tongfei")
          .doesNotContain("java.net.http");
    }
  }

  /** Ends a run with SIGKILL while the server makes the answer to its n-th request. */
  private void killAtRequest(int kill, Town town, Object... args) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    AtomicReference<Process> process = new AtomicReference<>();
    Fault counting =
        Fault.rewrite(
            answer -> {
              if (requests.incrementAndGet() == kill) {
                process.get().destroyForcibly();
              }
              return answer;
            });
    town.server.faults().next("*", 100, counting);
    process.set(start(town.cli, args));
    assertThat(process.get().waitFor()).isEqualTo(128 + 9);
    town.server.faults().clear();
  }

  @Test
  void ctrlCEndsARunInGoodOrder() throws Exception {
    assumeThat(isInterruptible())
        .as("a shell has SIGINT ignored by what it starts with &")
        .isTrue();
    assertThat(syncThatIsToldToEnd("INT", "--json")).isEqualTo(130);
    assertThat(Cli.parsed(out()).path("scopes").path(0).path("error").path("kind").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void sigtermEndsARunInGoodOrderToo() throws Exception {
    assertThat(syncThatIsToldToEnd("TERM")).isEqualTo(143);
    assertThat(out()).contains("square", "in all");
    assertThat(Files.readString(folder.resolve("err"))).contains("strandline: ");
  }

  @Test
  void aComparisonThatIsToldToEndSaysSo() throws Exception {
    try (Town town = new Town()) {
      town.workspace.conversation().fill(town.square, 500);
      Path db = folder.resolve("compared.db");
      town.cli.sync(town.server, db, "--all");
      AtomicReference<Process> process = new AtomicReference<>();
      town.server
          .faults()
          .next(
              "*",
              100,
              Fault.rewrite(
                  answer -> {
                    tell("TERM", process.get());
                    return answer;
                  }));
      process.set(
          start(
              town.cli,
              "reconcile",
              "--server",
              town.server.url(),
              "--db",
              db,
              "--room",
              "square"));
      assertThat(process.get().waitFor()).isEqualTo(143);
      assertThat(Files.readString(folder.resolve("err"))).contains("strandline: ");
    }
  }

  /** What a sync ends with that gets a signal while it waits for its third answer. */
  private int syncThatIsToldToEnd(String signal, String... more) throws Exception {
    try (Town town = new Town()) {
      town.workspace.conversation().fill(town.square, 500);
      AtomicInteger requests = new AtomicInteger();
      AtomicReference<Process> process = new AtomicReference<>();
      town.server
          .faults()
          .next(
              "chat.syncMessages",
              100,
              Fault.rewrite(
                  answer -> {
                    if (requests.incrementAndGet() == 3) {
                      tell(signal, process.get());
                    }
                    return answer;
                  }));
      Path db = folder.resolve("interrupted.db");
      List<Object> words = new ArrayList<>();
      words.addAll(List.of("sync", "--server", town.server.url(), "--db", db, "--all"));
      words.addAll(List.of("--page-size", "20"));
      words.addAll(List.of(more));
      process.set(start(town.cli, words.toArray()));
      return process.get().waitFor();
    }
  }

  /** Whether SIGINT has an effect here; that it is ignored is inherited by every child. */
  private static boolean isInterruptible() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    int interrupt = 2;
    return (Long.parseUnsignedLong(ignored, 16) >> (interrupt - 1) & 1) == 0;
  }

  /** Sends a signal, and returns when the process has ended: what it waits for does not come. */
  private static void tell(String signal, Process process) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      process.waitFor();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
