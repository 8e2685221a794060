package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.server.FakeUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** A program that holds the README's first lines of Java, and nothing that it does not say. */
final class DocumentedProgram {
  private static final String IMPORTS =
      """
      package example;

      import dev.strandline.MessagePage;
      import dev.strandline.Strandline;
      import dev.strandline.SyncReport;
      import dev.strandline.model.RoomId;
      import dev.strandline.store.sqlite.SqliteStore;
      import dev.strandline.transport.http.Credentials;
      import dev.strandline.transport.http.HttpTransport;
      import java.net.URI;
      import java.nio.file.Path;

      """;

  private static final String MAIN =
      """
      public final class Main {
        public static void main(String[] args) {
          Path file = Path.of(args[0]);
          URI serverUrl = URI.create(args[1]);
          Credentials credentials = new Credentials(args[2], args[3]);
          RoomId room = new RoomId(args[4]);
      """;

  private final Path folder;

  /** What a process ended with. */
  record Ended(int state, String out, String err) {}

  DocumentedProgram(Path folder) {
    this.folder = folder;
  }

  /** Where the compiled program is. */
  Path classes() {
    return folder.resolve("classes");
  }

  /** Compiles it. {@code descriptor} is its {@code module-info.java}, empty for none. */
  void compile(String descriptor, String pathOption, String path) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources/example"));
    Path main = sources.resolve("Main.java");
    Files.writeString(main, IMPORTS + MAIN + Snippets.first(Path.of("../README.md")) + "}}\n");
    List<String> arguments = new ArrayList<>(List.of("-d", classes().toString(), pathOption, path));
    if (!descriptor.isEmpty()) {
      Path module = folder.resolve("sources/module-info.java");
      Files.writeString(module, descriptor);
      arguments.add(module.toString());
    }
    arguments.add(main.toString());
    assertThat(tool("javac", arguments)).isEmpty();
  }

  /** Runs a tool of the JDK; what it says. */
  static String tool(String name, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int state =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertThat(state).as(said.toString()).isZero();
    return said.toString();
  }

  /** The java of the JDK that runs the tests. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Runs it for {@code user}, with {@code options} of the JVM, which end with the class. */
  Ended run(Path java, List<String> options, String serverUrl, FakeUser user, String room)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            folder.resolve("chat.db").toString(), serverUrl, user.id(), user.authToken(), room));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
