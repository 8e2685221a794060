package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a file that an earlier version of Strandline made, without a server. */
final class OlderFileTest {
  private static final String SAID = "An earlier version of Strandline made ";

  @TempDir Path folder;
  private Path db = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    db = folder.resolve("old.db");
    Path packed =
        DocumentationTest.root()
            .resolve("store-sqlite/src/test/resources/dev/strandline/store/sqlite/v1-plain.db.gz");
    try (InputStream content = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(content, db);
    }
  }

  @Test
  void anOlderFileIsBroughtToThisVersionOnceAndRead() {
    Cli cli = Cli.withoutAccount();
    Cli.Result first = cli.run("messages", "--db", db, "--room", "general", "--json", "--all");
    assertThat(first.state()).as(first.err()).isZero();
    assertThat(first.lines()).hasSize(31);
    assertThat(first.err()).contains(SAID + db + ": bringing it to schema version 2 of 4.");
    Cli.Result second = cli.run("messages", "--db", db, "--room", "general", "--json", "--all");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).doesNotContain(SAID);
  }

  @Test
  void everyReadingCommandWorksOnAnOlderFile() throws IOException {
    Cli cli = Cli.withoutAccount();
    for (List<String> command :
        List.of(
            List.of("rooms"),
            List.of("status"),
            List.of("doctor"),
            List.of("export"),
            List.of("history"),
            List.of("search", "the"),
            List.of("search", "--index", "the"),
            List.of("explain", "Lq3aeHJNC2fQ6HWiR"))) {
      Files.delete(db);
      unpack();
      List<Object> arguments = new java.util.ArrayList<>(command);
      arguments.addAll(1, List.of("--db", db));
      Cli.Result result = cli.run(arguments.toArray());
      assertThat(result.state()).as("%s: %s", command, result.err()).isZero();
      assertThat(result.err()).as("%s", command).contains(SAID);
    }
  }
}
