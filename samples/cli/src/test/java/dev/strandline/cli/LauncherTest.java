package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** ./strandline in a checkout where nothing is built yet, with a Maven and a Java that pretend. */
@Timeout(60)
final class LauncherTest {
  private static final List<String> MODULES =
      List.of("core", "jackson", "store-sqlite", "transport-http", "testkit", "samples/cli");

  @TempDir Path folder;

  /** What a run left behind. */
  private record Ended(int state, String out, String err) {}

  @BeforeEach
  void checkout() throws IOException {
    Files.copy(DocumentationTest.root().resolve("strandline"), folder.resolve("strandline"));
    for (String module : MODULES) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    for (String file : List.of("pom.xml", ".mvn", "samples/pom.xml")) {
      Files.createFile(folder.resolve(file));
    }
    program(
        "java",
        "case $1 in -version) echo 'openjdk version \"17.0.1\"' >&2 ;; *) echo \"$@\" ;; esac");
  }

  private void builds(String andThen) throws IOException {
    program(
        "mvn",
        """
        echo "$@" >>'%1$s/asked'
        echo '[INFO] Scanning for projects...'
        echo '[INFO] Building Strandline Core 0.1.0-SNAPSHOT                [2/8]'
        echo '[INFO] Building Strandline SQLite Store 0.1.0-SNAPSHOT        [5/8]'
        mkdir -p '%1$s/samples/cli/target/quick'
        : >'%1$s/samples/cli/target/quick/strandline-cli.jar'
        """
                .formatted(folder)
            + andThen);
  }

  @Test
  void theFirstRunTellsWhichModuleItHasComeTo() throws Exception {
    builds("");
    Ended ended = run();
    assertThat(ended.err().lines())
        .containsExactly(
            "Building Strandline (first run). What it needs is downloaded the first time.",
            "  [2/8] Strandline Core",
            "  [5/8] Strandline SQLite Store");
    assertThat(ended.out()).contains("target/quick/strandline-cli.jar rooms");
    assertThat(ended.state()).isZero();
  }

  @Test
  void whatIsUpToDateIsNotBuiltAgain() throws Exception {
    builds("");
    run();
    Ended ended = run();
    assertThat(ended.err()).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
  }

  @Test
  void aBuildThatFailsShowsAllThatMavenSaid() throws Exception {
    builds("echo '[ERROR] no such thing'; exit 1");
    Ended ended = run();
    assertThat(ended.err()).contains("[INFO] Scanning", "[ERROR] no such thing", "build failed");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.state()).isEqualTo(1);
  }

  @Test
  void itBuildsWithoutChecksAndWhereNoCheckingBuildLooks() throws Exception {
    builds("");
    run();
    assertThat(Files.readString(folder.resolve("asked"))).contains(" -Pquick ", " package");
    String quick = "/project/profiles/profile[id='quick']/build";
    assertThat(pom(quick + "/directory")).isEqualTo("${project.basedir}/target/quick");
    assertThat(pom("/project/build/directory")).as("the checking one's, Maven's own").isEmpty();
    String arguments = "//execution[id='default-compile']/configuration/compilerArgs";
    assertThat(pom("/project/build" + arguments)).contains("-Xplugin:ErrorProne", "-Werror");
    assertThat(pom(quick + arguments)).isEmpty();
  }

  private static String pom(String path) throws Exception {
    try (InputStream in = Files.newInputStream(DocumentationTest.root().resolve("pom.xml"))) {
      Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
      XPath paths = XPathFactory.newInstance().newXPath();
      return paths.evaluate(path, pom).strip();
    }
  }

  private void program(String name, String does) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + does + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("strandline").toString(), "rooms")
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().remove("STRANDLINE_JAVA_OPTS");
    builder.environment().remove("MAVEN_ARGS");
    builder.environment().put("JAVA_HOME", folder.toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (old, first) -> first + ":" + old);
    int state = builder.start().waitFor();
    return new Ended(
        state, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
  }
}
