package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.server.Conversation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens where a file cannot grow, or is not what it was. */
class FullDiskTest {
  @TempDir private Path folder;

  private Path db() {
    return folder.resolve("chat.db");
  }

  private static Object[] sync(Town town, Path db) {
    return new Object[] {
      "sync", "--server", town.server.url(), "--db", db, "--all", "--page-size", "100"
    };
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its shell knows no limits")
  void r2_aFileThatCannotGrowAnyFurtherEndsTheRunWith6AndTheNextOneGoesOn() throws Exception {
    try (Town town = new Town()) {
      Conversation.Plan plan =
          Conversation.Plan.endingAt(town.workspace.clock().now(), 2000).withTextBytes(4000);
      town.workspace.conversation().fill(town.square, plan);
      // The shell's limit binds a process as a full disk does: every write beyond it fails.
      List<String> limited = List.of("sh", "-c", "ulimit -f 6000; exec \"$@\"", "sh");
      Process process =
          ChildCommand.plain(folder).start(limited, "limited", town.cli, sync(town, db()));
      assertThat(process.waitFor()).isEqualTo(ExitState.DATABASE);
      assertThat(Files.readString(folder.resolve("limited.err")))
          .contains(db().toRealPath().toString())
          .containsIgnoringCase("room on the device");
      long before;
      try (SqliteStore store = SqliteStore.open(db())) {
        assertThat(store.check()).isEmpty();
        before = store.read(reader -> reader.counts(reader.rooms().get(0).id())).messages();
      }
      assertThat(before).isBetween(100L, 1900L);
      Cli.Result next = town.cli.run(sync(town, db()));
      assertThat(next.state()).as(next.err()).isZero();
      requireEqual(town);
    }
  }

  @Test
  void r2_whatIsMissingOrLeftOverBesideTheFileCostsNothing() throws Exception {
    try (Town town = new Town()) {
      town.workspace.conversation().fill(town.square, 300);
      assertThat(town.cli.run(sync(town, db())).state()).isZero();
      town.post("later");
      // While it is open, what was committed is in the log. A copy of the file alone is older; one
      // with its log is not; and the index of the log is made anew.
      try (SqliteStore open = SqliteStore.open(db())) {
        open.write(
            writer -> {
              writer.forgetSeen(new dev.strandline.model.RoomId(town.square));
              return 0;
            });
        for (String[] copied : new String[][] {{""}, {"", "-wal"}, {"", "-wal", "-shm"}}) {
          Path copy = folder.resolve("copy-" + copied.length + ".db");
          for (String part : copied) {
            Files.copy(folder.resolve("chat.db" + part), folder.resolve(copy.getFileName() + part));
          }
          Cli.Result synced = town.cli.run(sync(town, copy));
          assertThat(synced.state()).as(synced.err()).isZero();
          assertThat(town.cli.run("doctor", "--db", copy).state()).isZero();
          assertThat(listing(town, copy)).isEqualTo(town.listing());
        }
      }
      // Junk under the names of what SQLite keeps there, as another program or a crash leaves it.
      for (String part : new String[] {"-wal", "-shm", "-journal", ".lock"}) {
        Files.writeString(folder.resolve("chat.db" + part), "nothing that SQLite ever wrote");
        Cli.Result synced = town.cli.run(sync(town, db()));
        assertThat(synced.state()).as("%s: %s", part, synced.err()).isZero();
      }
      requireEqual(town);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its shell knows no limits")
  void anExportThatHasNoRoomEndsWith6AndLeavesNoHalfOfAFileBehind() throws Exception {
    try (Town town = new Town()) {
      Conversation.Plan plan =
          Conversation.Plan.endingAt(town.workspace.clock().now(), 1500).withTextBytes(4000);
      town.workspace.conversation().fill(town.square, plan);
      assertThat(town.cli.run(sync(town, db())).state()).isZero();
      List<String> limited = List.of("sh", "-c", "ulimit -f 6000; exec \"$@\"", "sh");
      ChildCommand child = ChildCommand.plain(folder);
      Path out = folder.resolve("chat.jsonl");
      Object[] toFile = {"export", "--db", db(), "--out", out};
      assertThat(child.start(limited, "file", town.cli, toFile).waitFor())
          .isEqualTo(ExitState.DATABASE);
      assertThat(Files.readString(folder.resolve("file.err")))
          .contains("cannot write " + out)
          .contains("Nothing half-written was left.");
      assertThat(out).doesNotExist();
      // What is printed into a file that cannot grow is no reader who has gone.
      Object[] printed = {"export", "--db", db()};
      assertThat(child.start(limited, "printed", town.cli, printed).waitFor())
          .isEqualTo(ExitState.DATABASE);
      assertThat(Files.readString(folder.resolve("printed.err")))
          .contains("the results could not all be written");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
      }
    }
  }

  @Test
  void aFolderInThePlaceOfALogEndsWith6AndIsNamed() throws Exception {
    try (Town town = new Town()) {
      Files.createDirectory(folder.resolve("chat.db-wal"));
      Cli.Result result = town.cli.run(sync(town, db()));
      assertThat(result.state()).isEqualTo(ExitState.DATABASE);
      assertThat(result.err()).contains("-wal").contains("Check ");
      Files.delete(folder.resolve("chat.db-wal"));
      assertThat(town.cli.run(sync(town, db())).state()).isZero();
    }
  }

  private void requireEqual(Town town) throws Exception {
    assertThat(town.cli.run("doctor", "--db", db()).state()).isZero();
    assertThat(listing(town, db())).isEqualTo(town.listing());
  }

  private static String listing(Town town, Path db) {
    return town.cli.run("messages", "--db", db, "--room", town.square, "--all", "--json").out();
  }
}
