package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.transport.http.docs.DocumentedProgram.Ended;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program that the README shows, in a JVM of its own, in each way that the guide names. */
@Timeout(900)
final class DocumentedProgramTest {
  private static final Path GUIDE = Path.of("../docs/embedding.md");
  private static final Pattern LINKING =
      Pattern.compile("^jlink --add-modules (\\S+) --output image$", Pattern.MULTILINE);
  private static final boolean WANTS_NATIVE_ACCESS = Runtime.version().feature() >= 24;

  @TempDir Path folder;
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final String room = workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada);
  private final FakeServer server = FakeServer.start(workspace);
  private final Modules modules = Modules.documented();
  private DocumentedProgram program;

  @BeforeEach
  void post() {
    workspace.messages().post(room, ada, "high tide");
    program = new DocumentedProgram(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPlainProgramRunsAndWritesNothingToStandardError() throws Exception {
    program.compile("", "-cp", modules.path());
    List<String> options = nativeAccess("ALL-UNNAMED");
    options.addAll(List.of("-cp", withProgram(modules.path()), "example.Main"));
    synchronises(DocumentedProgram.java(), options);
  }

  @Test
  void theDocumentedLinesRunOnTheModulePath() throws Exception {
    compileAsModule();
    List<String> options = nativeAccess("org.xerial.sqlitejdbc");
    options.addAll(List.of("-p", withProgram(modules.path()), "-m", "example/example.Main"));
    synchronises(DocumentedProgram.java(), options);
  }

  @Test
  void jdbiIsTheOnlyAutomaticModule() {
    // It alone keeps jlink from linking everything, which the guide says.
    assertThat(modules.descriptors())
        .filteredOn(ModuleDescriptor::isAutomatic)
        .extracting(ModuleDescriptor::name)
        .containsExactly("org.jdbi.v3.core");
  }

  @Test
  void aRuntimeImageOfTheJdksModulesRunsTheModulePath() throws Exception {
    compileAsModule();
    List<String> options = nativeAccess("org.xerial.sqlitejdbc");
    options.addAll(List.of("-p", withProgram(modules.path()), "-m", "example/example.Main"));
    synchronises(linked(), options);
  }

  @Test
  void aRuntimeImageOfTheJdksModulesRunsTheClassPath() throws Exception {
    program.compile("", "-cp", modules.path());
    List<String> options = nativeAccess("ALL-UNNAMED");
    options.addAll(List.of("-cp", withProgram(modules.path()), "example.Main"));
    synchronises(linked(), options);
  }

  @Test
  void aProviderForSlf4jThatTheApplicationHasIsUsed() throws Exception {
    String path = modules.path() + File.pathSeparator + Modules.location("org.slf4j.jul");
    program.compile("", "-cp", path);
    List<String> options = nativeAccess("ALL-UNNAMED");
    options.addAll(List.of("-cp", withProgram(path), "example.Main"));
    synchronises(DocumentedProgram.java(), options);
    options.add(0, "-Dslf4j.internal.verbosity=DEBUG");
    assertThat(run(options).err()).contains("JULServiceProvider").doesNotContain("No SLF4J");
  }

  @Test
  void aProviderForSlf4jIsFoundOnTheModulePathToo() throws Exception {
    compileAsModule();
    String path = modules.path() + File.pathSeparator + Modules.location("org.slf4j.jul");
    List<String> options = nativeAccess("org.xerial.sqlitejdbc");
    options.addAll(List.of("-p", withProgram(path), "-m", "example/example.Main"));
    synchronises(DocumentedProgram.java(), options);
    options.add(0, "-Dslf4j.internal.verbosity=DEBUG");
    assertThat(run(options).err()).contains("JULServiceProvider").doesNotContain("No SLF4J");
  }

  @Test
  void whoAsksSlf4jForItsWarningsGetsThem() throws Exception {
    program.compile("", "-cp", modules.path());
    List<String> options = nativeAccess("ALL-UNNAMED");
    options.addAll(List.of("-Dslf4j.internal.verbosity=WARN", "-cp"));
    options.addAll(List.of(withProgram(modules.path()), "example.Main"));
    assertThat(run(options).err()).contains("No SLF4J providers were found");
  }

  /** The java of an image as the guide says to link it. */
  private Path linked() throws IOException {
    Matcher line = LINKING.matcher(Files.readString(GUIDE));
    assertThat(line.find()).as("a line that begins with jlink").isTrue();
    assumeTrue(canLink(), "this JDK came without what jlink needs");
    Path image = folder.resolve("image");
    DocumentedProgram.tool(
        "jlink", List.of("--add-modules", line.group(1), "--output", image.toString()));
    return image.resolve("bin").resolve("java");
  }

  private static boolean canLink() {
    return Files.isDirectory(Path.of(System.getProperty("java.home"), "jmods"))
        || WANTS_NATIVE_ACCESS;
  }

  /** As a module that requires what the guide says. */
  private void compileAsModule() throws IOException {
    String descriptor = Snippets.beginningWith(GUIDE, "module example");
    assertThat(Modules.REQUIRED).allMatch(name -> descriptor.contains("requires " + name + ";"));
    program.compile(descriptor, "-p", modules.path());
  }

  private String withProgram(String path) {
    return program.classes() + File.pathSeparator + path;
  }

  /** What the guide says of SQLite's native library. */
  private static List<String> nativeAccess(String to) {
    List<String> options = new ArrayList<>();
    if (WANTS_NATIVE_ACCESS) {
      options.add("--enable-native-access=" + to);
    }
    return options;
  }

  private void synchronises(Path java, List<String> options) throws Exception {
    Ended ended = program.run(java, options, server.url(), ada, room);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("1 new messages\nCOMPLETE, Complete[");
    assertThat(ended.state()).isZero();
  }

  private Ended run(List<String> options) throws Exception {
    return program.run(DocumentedProgram.java(), options, server.url(), ada, room);
  }
}
