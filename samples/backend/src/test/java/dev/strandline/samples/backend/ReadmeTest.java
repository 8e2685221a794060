package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README says to try, pasted into a shell. */
@Timeout(120)
final class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void theBlocksCanBePastedWholeOneAfterTheOther() throws Exception {
    try (Harbour harbour = new Harbour(folder.resolve("harbour"))) {
      harbour.workspace.conversation().fill(harbour.room("quay", harbour.person("ada")), 50);
      // What is built here is on the class path already, and the fake server runs here.
      program("mvn", "exit 0");
      program("strandline", "exit 0");
      program("java", service());
      Process shell = shell();
      try (Writer keys = shell.outputWriter(StandardCharsets.UTF_8)) {
        // As pasted: a program that reads its standard input would swallow the lines after it.
        keys.write(lines(harbour.server.url()));
      }
      try {
        List<String> said = untilAChange(shell);
        assertThat(said).anyMatch(line -> line.contains("\"rooms\":[{\"id\":\""));
        assertThat(said).anyMatch(line -> line.contains("\"messages\":[{\"id\":\""));
      } finally {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    }
  }

  private String lines(String serverUrl) throws IOException {
    String blocks =
        BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining());
    assertThat(blocks).contains("127.0.0.1:3300", "127.0.0.1:8087", "/tmp/backend");
    return blocks
            .replace("127.0.0.1:3300", URI.create(serverUrl).getAuthority())
            .replace("127.0.0.1:8087", "127.0.0.1:" + freePort())
            .replace("/tmp/backend", folder.resolve("backend").toString())
        // What runs in the background keeps the stream open, and so does the shell.
        + "wait\n";
  }

  private static List<String> untilAChange(Process shell) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      said.add(line);
      if (line.equals("event: change")) {
        return said;
      }
    }
    throw new AssertionError("ended without a change: " + String.join("\n", said));
  }

  private Process shell() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.toString(), (old, first) -> first + ":" + old);
    return builder.start();
  }

  /** A java that starts what is tested in place of the jar that is named. */
  private static String service() {
    String nativeAccess =
        Runtime.version().feature() >= 24 ? "--enable-native-access=ALL-UNNAMED " : "";
    return "shift 2\nexec '%s' %s-cp '%s' %s \"$@\""
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            nativeAccess,
            System.getProperty("java.class.path"),
            Main.class.getName());
  }

  private void program(String name, String does) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + does + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
