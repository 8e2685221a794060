package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Lets one call of SQLite's on its file, its log or the log's index fail: any of all that a run
 * makes, as on a broken disk or a full one, once or from there on. A library put before C's does
 * it; {@code faulty-disk.c} says how.
 */
final class DiskFault implements Ordeal.Harm {
  private static final List<String> RARE = List.of("", "", "", "fsync", "ftruncate", "open");

  private final Path folder;
  private final Path library;
  private final Map<String, Integer> hits = new TreeMap<>();

  /** About how many calls of a kind a run makes; of any kind, without a name. */
  private final Map<String, Integer> calls = new HashMap<>();

  private DiskFault(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  /**
   * Whether there is what it takes: a C compiler, and a loader that puts libraries before others.
   */
  static boolean isPossible() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    try {
      return new ProcessBuilder("cc", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Compiles the library into {@code folder}, whose databases will suffer. */
  static DiskFault compiled(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("faulty-disk.c");
    Path library = folder.resolve("faulty-disk.so");
    Path words = folder.resolve("cc.out");
    try (InputStream in = DiskFault.class.getResourceAsStream("faulty-disk.c")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    List<String> compiler =
        List.of(
            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl");
    Process process =
        new ProcessBuilder(compiler)
            .redirectErrorStream(true)
            .redirectOutput(words.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(words)).isZero();
    return new DiskFault(folder, library);
  }

  @Override
  public boolean befalls(
      Ordeal ordeal, RestlessTown town, Object[] run, long bytes, Random random, String when)
      throws Exception {
    Path note = folder.resolve(ordeal.id() + ".note");
    Path count = folder.resolve(ordeal.id() + ".note.count");
    Files.deleteIfExists(note);
    // Most calls read and write; what is rare would hardly ever be hit.
    String call = RARE.get(random.nextInt(RARE.size()));
    String how = call.isEmpty() && random.nextInt(3) == 0 ? "full" : "error";
    List<String> faulty = new ArrayList<>();
    faulty.add("env");
    faulty.add("LD_PRELOAD=" + library);
    faulty.add("FAULTY_FILES=" + ordeal.db());
    faulty.add("FAULTY_NOTE=" + note);
    faulty.add("FAULTY_HOW=" + how);
    faulty.add("FAULTY_AT=" + (1 + random.nextInt(calls(call))));
    if (!call.isEmpty()) {
      faulty.add("FAULTY_CALL=" + call);
    }
    if (random.nextBoolean()) {
      faulty.add("FAULTY_LASTS=1");
    }
    town.wire.awaiting(Long.MAX_VALUE);
    int state = ordeal.command().start(faulty, ordeal.id(), town.account, run).waitFor();
    String told = Files.readString(folder.resolve(ordeal.id() + ".err"));
    String what = when + ", " + faulty + ": " + told;
    assertThat(count).as(what).exists();
    counted(call, Integer.parseInt(Files.readString(count).strip()));
    boolean ended = Ordeal.hasEnded(run, state);
    if (!Files.exists(note)) {
      assertThat(ended).as(what).isTrue();
      return false;
    }
    String[] hit = Files.readString(note).strip().split(" ", 2);
    if (!ended) {
      assertThat(state).as(what).isEqualTo(ExitState.DATABASE);
      assertThat(told).as(what).contains(ordeal.db().toString());
    }
    tally(hit[0] + " " + partOf(ordeal, hit[1]) + ", " + how, state);
    return true;
  }

  private static String partOf(Ordeal ordeal, String path) {
    String part = path.substring(ordeal.db().toString().length());
    return part.isEmpty() ? "the file" : part;
  }

  private synchronized void tally(String what, int state) {
    hits.merge(what + (state == ExitState.DATABASE ? "" : ", borne"), 1, Integer::sum);
  }

  private synchronized int calls(String call) {
    return calls.getOrDefault(call, call.isEmpty() ? 300 : 3);
  }

  private synchronized void counted(String call, int value) {
    calls.put(call, Math.max(1, value));
  }

  /** How many runs were hit by what begins so. */
  synchronized int hits(String beginning) {
    return hits.entrySet().stream()
        .filter(each -> each.getKey().startsWith(beginning))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Override
  public synchronized String toString() {
    StringBuilder table = new StringBuilder();
    hits.forEach((what, times) -> table.append(String.format("%6d  %s%n", times, what)));
    return table.toString();
  }
}
