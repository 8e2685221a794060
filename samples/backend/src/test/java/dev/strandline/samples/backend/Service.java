package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service in a process of its own, as it is started from a shell. */
final class Service implements AutoCloseable {
  private static final String SERVING = " accounts at ";

  private final Process process;
  private final BufferedReader said;
  private final List<String> all = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param jvm options of the JVM, such as the size of its heap
   */
  Service(List<String> jvm, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits until it serves. */
  URI url() {
    String line = awaitLine(text -> text.contains(SERVING));
    return URI.create(line.substring(line.indexOf(SERVING) + SERVING.length()));
  }

  /** Waits for a line that it writes. */
  String awaitLine(Predicate<String> wanted) {
    for (String line = line(); line != null; line = line()) {
      if (wanted.test(line)) {
        return line;
      }
    }
    throw new AssertionError("ended without saying so: " + all);
  }

  private @Nullable String line() {
    try {
      String line = said.readLine();
      if (line != null) {
        all.add(line);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it with SIGTERM and waits; all that it has said. */
  List<String> terminate() {
    // Not the process itself, which would close what it has to say, too.
    process.toHandle().destroy();
    return awaitEnd();
  }

  List<String> awaitEnd() {
    String line = line();
    while (line != null) {
      line = line();
    }
    exitState();
    return all;
  }

  int exitState() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What its open file descriptors point to. */
  List<String> openFiles() {
    try (Stream<Path> links = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      List<String> targets = new ArrayList<>();
      for (Path link : links.toList()) {
        try {
          targets.add(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
          // Closed between the list and the look.
        }
      }
      return targets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number of {@code /proc/PID/status}, such as {@code Threads} or {@code VmRSS} in KiB. */
  long status(String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(name + ":")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("no " + name);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    assertThat(exitState()).isNotNegative();
  }
}
