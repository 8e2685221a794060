package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.server.FakeRoomType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where an export is written to, and of which moment it is. */
class ExportFileTest {
  @TempDir private Path folder;
  private Town town;
  private Path db;
  private Path out;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    out = folder.resolve("chat.jsonl");
    town.post("high tide");
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  private Cli.Result export(Object... more) {
    List<Object> arguments = new java.util.ArrayList<>(List.of("export", "--db", db));
    arguments.addAll(List.of(more));
    return town.cli.run(arguments.toArray());
  }

  /** Everything in the folder but the database. */
  private List<String> others() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("chat.db"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileHoldsWhatStandardOutputWouldHave() throws IOException {
    assertThat(export("--out", out).state()).isZero();
    assertThat(Files.readString(out)).isEqualTo(export().out());
    assertThat(others()).containsExactly("chat.jsonl");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
  void onlyItsOwnerReadsAFile() throws IOException {
    export("--out", out);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatExistsIsReplacedOnlyWhereThatIsAskedFor() throws IOException {
    Files.writeString(out, "somebody's");
    Cli.Result refused = export("--out", out);
    assertThat(refused.state()).isEqualTo(ExitState.USAGE);
    assertThat(refused.err()).contains("exists already", "--force");
    assertThat(Files.readString(out)).isEqualTo("somebody's");
    assertThat(export("--out", out, "--force").state()).isZero();
    assertThat(Files.readString(out)).isEqualTo(export().out());
    assertThat(others()).containsExactly("chat.jsonl");
  }

  @Test
  void aFileThatAppearsMeanwhileIsNotReplacedEither() throws IOException {
    try (NewFile file = NewFile.begin(out, false, db)) {
      file.writer().print("mine");
      Files.writeString(out, "somebody's");
      org.assertj.core.api.Assertions.assertThatThrownBy(file::finish)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("exists already");
    }
    assertThat(Files.readString(out)).isEqualTo("somebody's");
    assertThat(others()).containsExactly("chat.jsonl");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its links take a privilege")
  void theDatabaseIsNeverReplaced_norAreLinksFoldersAndDevices() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), out);
    byte[] before = Files.readAllBytes(db);
    for (Path target :
        List.of(db, folder.resolve("x/../chat.db"), Path.of(db + "-wal"), link, folder)) {
      Files.createDirectories(folder.resolve("x"));
      Cli.Result result = export("--out", target, "--force");
      assertThat(result.state()).as(result.err()).isEqualTo(ExitState.USAGE);
      assertThat(result.err()).contains("is not replaced");
    }
    assertThat(Files.readAllBytes(db)).isEqualTo(before);
    assertThat(export("--out", link).err()).contains("exists already");
    assertThat(others()).containsExactly("link", "x");
  }

  @Test
  void whereNothingCanBeWrittenNothingIsLeft() throws IOException {
    Cli.Result nowhere = export("--out", folder.resolve("none/chat.jsonl"));
    assertThat(nowhere.state()).isEqualTo(ExitState.USAGE);
    assertThat(nowhere.err()).contains("there is no folder");
    Cli.Result unknown = export("--out", out, "--room", "nowhere");
    assertThat(unknown.state()).isEqualTo(ExitState.USAGE);
    assertThat(others()).isEmpty();
  }

  @Test
  void r2_anExportIsOfOneMomentWhateverASyncWritesMeanwhile() throws Exception {
    String other = town.workspace.rooms().create(FakeRoomType.GROUP, "tavern", town.ada);
    String doomed = town.workspace.messages().post(other, town.ada, "low tide");
    town.cli.sync(town.server, db, "--all");
    String before = export().out();
    Runnable meanwhile =
        () -> {
          town.post("later");
          town.workspace.messages().post(other, town.ada, "later, too");
          town.workspace.removals().delete(doomed, town.ada);
          assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
        };
    assertThat(exportWhile(meanwhile)).isEqualTo(before);
    assertThat(export().out()).isNotEqualTo(before).contains("later, too");
  }

  @Test
  void anExportEndsQuietlyWhereNobodyReads() {
    town.workspace.conversation().fill(town.square, 2500);
    db = folder.resolve("long.db");
    town.cli.sync(town.server, db, "--all");
    StringWriter err = new StringWriter();
    int[] tried = new int[1];
    Writer gone =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            tried[0]++;
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    assertThat(export(new PrintWriter(gone), err)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(tried[0]).as("lines and their ends that nobody took").isLessThan(2500);
  }

  /** What an export prints during whose first line something else happens. */
  private String exportWhile(Runnable meanwhile) {
    StringWriter printed = new StringWriter();
    Writer interrupted =
        new Writer() {
          private boolean hasHappened;

          @Override
          public void write(char[] text, int from, int length) {
            if (!hasHappened) {
              hasHappened = true;
              meanwhile.run();
            }
            printed.write(text, from, length);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    assertThat(export(new PrintWriter(interrupted), err)).as(err.toString()).isZero();
    return printed.toString();
  }

  private int export(PrintWriter out, StringWriter err) {
    Surroundings surroundings =
        new Surroundings(Map.of(), 0, false, ZoneOffset.UTC, InstantSource.system());
    return Main.commandLine(surroundings, out, new PrintWriter(err, true))
        .execute("export", "--db", db.toString());
  }
}
