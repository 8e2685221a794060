package dev.strandline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** At a small scale: that the programs do their work, and says nothing of how fast. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-sync",
        "slow-network",
        "search-index",
        "unchanged",
        "catch-up",
        "reads",
        "memory",
        "disk"
      })
  void everyBenchmarkEndsWithItsTableAndLeavesNothingBehind(String name) throws Exception {
    int state =
        run(
            name,
            "--messages",
            "1000",
            "--large",
            "1200",
            "--rooms",
            "40",
            "--rounds",
            "1",
            "--warm-up",
            "1");

    assertThat(state).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("### Machine", "### Goals", " × ");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aBenchmarkThatDoesNotExistIsAMistakeInTheCall() {
    assertThat(run("first-snyc")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private int run(String... args) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of("--dir", folder.toString()));
    all.addAll(List.of(args));
    return new CommandLine(new Main(stream, stream)).execute(all.toArray(String[]::new));
  }
}
