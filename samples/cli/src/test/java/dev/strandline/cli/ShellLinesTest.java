package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell lines of the README and of docs/, run by a shell as they stand there: from top to
 * bottom, in an empty folder, with a server's URL and an account put in for the examples.
 * (samples/backend runs those of its own page.)
 */
@Timeout(300)
final class ShellLinesTest {
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final String general = workspace.rooms().create(FakeRoomType.CHANNEL, "general", ada);
  private final FakeServer server = FakeServer.start(workspace);

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    workspace.conversation().fill(general, 40);
    workspace.messages().post(general, ada, "high tide");
    command();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Path> pages() throws IOException {
    Path root = DocumentationTest.root();
    List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Path> withShell = new ArrayList<>();
    for (Path page : pages) {
      if (!ShellLines.of(page).isEmpty()) {
        withShell.add(page);
      }
    }
    return withShell.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theLinesOfAPageRunAsTheyStand(Path page) throws Exception {
    List<String> lines = ShellLines.of(page);
    List<String> script = new ArrayList<>(List.of("set -e"));
    if (!page.endsWith("README.md")) {
      // The other pages begin where the README ends.
      script.add("./strandline sync --server https://chat.example.org --db chat.db --all");
    }
    lines.stream()
        .filter(ShellLines::isRun)
        .filter(line -> !line.contains("| jq ") || isInstalled("jq"))
        .map(ShellLines::scripted)
        .forEach(script::add);
    Path file = folder.resolve("script.sh");
    Files.writeString(
        file, String.join("\n", script).replace("https://chat.example.org", server.url()) + "\n");
    Path said = folder.resolve("said.txt");
    ProcessBuilder shell =
        new ProcessBuilder("sh", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    shell.environment().put("URL", server.url());
    shell.environment().put("ROOM", general);
    Process process = shell.start();
    try {
      assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsNotRunIsShownSomewhere() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path page : pages().toList()) {
      shown.addAll(ShellLines.of(page));
    }
    assertThat(shown).containsAll(ShellLines.ELSEWHERE.keySet());
  }

  @Test
  void noLineHasACommentThatAnotherShellWouldRun() throws IOException {
    for (Path page : pages().toList()) {
      // zsh, as it comes, takes a # in a line that is typed or pasted for an argument.
      assertThat(ShellLines.of(page)).as(page.toString()).noneMatch(line -> line.contains(" #"));
    }
  }

  /** ./strandline, with what is being tested in place of what it would build. */
  private void command() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String nativeAccess =
        Runtime.version().feature() >= 24 ? " --enable-native-access=ALL-UNNAMED" : "";
    Path command = folder.resolve("strandline");
    Files.writeString(
        command,
        "#!/bin/sh\n"
            + "STRANDLINE_USER_ID="
            + ada.id()
            + " STRANDLINE_AUTH_TOKEN="
            + ada.authToken()
            + " exec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "'"
            + nativeAccess
            + " -XX:TieredStopAtLevel=1 -cp '"
            + classPath
            + "' "
            + Main.class.getName()
            + " \"$@\"\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }
}
