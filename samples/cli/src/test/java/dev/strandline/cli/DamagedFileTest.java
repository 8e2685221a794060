package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the command does with files that were damaged: {@code -Ddamage.count=N} damages more of
 * them, {@code -Ddamage.seed=N} in other ways. Every other file is compact.
 */
class DamagedFileTest {
  private static final int COUNT = Integer.getInteger("damage.count", 20);
  private static final long SEED = Long.getLong("damage.seed", 1);
  private static final int PAGE = 8192;

  @TempDir private Path folder;

  @Test
  void whateverIsWrongWithAFileTheCommandSaysSoAndASoundOneIsMadeAnew() throws Exception {
    try (RestlessTown town = new RestlessTown(new Random(SEED), 200)) {
      Path plain = folder.resolve("sound.db");
      Path compact = folder.resolve("compact.db");
      assertThat(sync(town, plain).state()).isZero();
      assertThat(sync(town, compact, "--documents", "compact").state()).isZero();
      town.liveOn();
      for (int number = 0; number < COUNT; number++) {
        Random random = new Random(SEED * 1_000_003 + number);
        Path db = folder.resolve("damaged-" + number + ".db");
        Files.copy(number % 2 == 0 ? plain : compact, db);
        String damage = damage(db, random);
        String name = "damage.seed=" + SEED + ", file " + number + ": " + damage;
        requireTyped(town, db, name);
        removeAll(db);
        if (number % 10 == 0) {
          assertThat(sync(town, db).state()).as(name).isZero();
          town.requireEqual(db, name);
        }
        removeAll(db);
      }
    }
  }

  /** Every command ends as documented, and only a sync that found nothing wrong ends with 0. */
  private static void requireTyped(RestlessTown town, Path db, String name) {
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("status", "--db", db),
            List.of("messages", "--db", db, "--room", town.room(), "--all", "--json"),
            List.of("doctor", "--db", db))) {
      Cli.Result result = town.account.run(command.toArray());
      requireTyped(result, name + ": " + command.get(0), 0, 2, 6, 7);
    }
    Cli.Result result = sync(town, db);
    requireTyped(result, name + ": sync", 0, 6);
  }

  private static void requireTyped(Cli.Result result, String name, Integer... states) {
    assertThat(result.state()).as("%s: %s", name, result.err()).isIn((Object[]) states);
    if (result.state() == ExitState.DATABASE) {
      // What to do now, and not only what happened.
      assertThat(result.err())
          .as(name)
          .containsPattern(
              "(?i)keep a copy|choose another file|check |restore|move it away|run a sync"
                  + "|use the version|open it for writing");
    }
  }

  private static Cli.Result sync(RestlessTown town, Path db, Object... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(
        List.of("sync", "--server", town.wire.url(), "--db", db, "--all", "--retries", "0"));
    words.addAll(List.of(more));
    return town.account.run(words.toArray());
  }

  private static String damage(Path db, Random random) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(db.toFile(), "rw")) {
      long length = file.length();
      int pages = (int) (length / PAGE);
      switch (random.nextInt(7)) {
        case 0 -> {
          file.setLength((long) (random.nextDouble() * length));
          return "cut to " + file.length();
        }
        case 1 -> {
          file.setLength((long) random.nextInt(pages) * PAGE);
          return "cut to " + file.length() / PAGE + " pages";
        }
        case 2 -> {
          int first = random.nextInt(pages);
          overwrite(file, first, 1 + random.nextInt(8), random);
          return "noise from page " + first;
        }
        case 3 -> {
          int at = 1 + random.nextInt(pages - 1);
          file.seek((long) at * PAGE);
          file.write(new byte[PAGE]);
          return "zeros in page " + at;
        }
        case 4 -> {
          int from = random.nextInt(pages);
          int to = random.nextInt(pages);
          byte[] page = new byte[PAGE];
          file.seek((long) from * PAGE);
          file.readFully(page);
          file.seek((long) to * PAGE);
          file.write(page);
          return "page " + from + " in the place of " + to;
        }
        case 5 -> {
          for (int i = 0; i < 20; i++) {
            file.seek((long) (random.nextDouble() * length));
            file.write(random.nextInt(256));
          }
          return "twenty other bytes";
        }
        default -> {
          int at = random.nextInt(100);
          file.seek(at);
          file.write(random.nextInt(256));
          return "another byte at " + at + " of the header";
        }
      }
    }
  }

  private static void overwrite(RandomAccessFile file, int page, int pages, Random random)
      throws IOException {
    byte[] noise = new byte[PAGE * pages];
    random.nextBytes(noise);
    file.seek((long) page * PAGE);
    file.write(noise);
  }

  private static void removeAll(Path db) throws IOException {
    for (String part : new String[] {"", "-wal", "-shm", "-journal", ".lock"}) {
      Files.deleteIfExists(db.resolveSibling(db.getFileName() + part));
    }
  }
}
