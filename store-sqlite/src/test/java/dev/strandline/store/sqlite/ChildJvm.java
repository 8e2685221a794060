package dev.strandline.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** Another process with a store of its own. It says on its standard output how far it has come. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader says;

  private ChildJvm(Process process) {
    this.process = process;
    says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Opens for writing, says "open", and waits for its end. */
  static ChildJvm holding(Path file) throws IOException {
    return start("hold", file);
  }

  /** Commits pages of ten messages, saying the number of each page once it is committed. */
  static ChildJvm writing(Path file) throws IOException {
    return start("write", file);
  }

  /** Reads without a pause, says "read" after the first time, until it sees the message "last". */
  static ChildJvm reading(Path file) throws IOException {
    return start("read", file);
  }

  private static ChildJvm start(String role, Path file) throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    path,
                    ChildJvm.class.getName(),
                    role,
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ChildJvm(process);
  }

  /** The next line that it says; null at its end. */
  String says() throws IOException {
    return says.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as a power cut of the process would. */
  void kill() {
    // By its handle, since the process itself would close what it has said and we have not read.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  int exit() {
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "hold" -> hold(file);
      case "write" -> write(file);
      default -> read(file);
    }
  }

  private static void hold(Path file) throws IOException {
    try (SqliteStore store = SqliteStore.open(file)) {
      say("open");
      // Returns when the parent kills this process or ends itself.
      if (System.in.read() >= 0) {
        say(store.toString());
      }
    }
  }

  private static void write(Path file) {
    try (SqliteStore store = SqliteStore.open(file)) {
      long start = store.read(r -> r.counts(TestMessages.ROOM)).messages() / 10;
      for (long page = start; ; page++) {
        long number = page;
        store.write(
            w -> {
              for (int i = 0; i < 10; i++) {
                w.putMessage(
                    TestMessages.reply("m" + number + "-" + i, number, "root"), Origin.ROOM);
              }
              return 0;
            });
        say(Long.toString(page));
      }
    }
  }

  private static void read(Path file) {
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      long seen = 0;
      boolean last = false;
      while (!last) {
        long count = store.read(ChildJvm::soundCount);
        if (count < seen) {
          throw new AssertionError("went back from " + seen + " to " + count);
        }
        if (seen == 0) {
          say("read");
        }
        seen = Math.max(1, count);
        last = store.read(r -> r.message(new MessageId("last"))).isPresent();
      }
      say("done");
    }
  }

  private static long soundCount(StoreReader reader) {
    long count = reader.counts(TestMessages.ROOM).messages();
    int read = reader.messages(Scope.room(TestMessages.ROOM), null, 1_000_000).size();
    if (read != count) {
      throw new AssertionError("counted " + count + " and read " + read);
    }
    return count;
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
