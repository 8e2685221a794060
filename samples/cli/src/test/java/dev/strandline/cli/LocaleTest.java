package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters other than ASCII's, on the way in and out, where the locale does not know them. */
@DisabledOnOs(OS.WINDOWS)
class LocaleTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"LC_ALL,C", "LC_ALL,POSIX", "LC_CTYPE,C", "LANG,C", "LANG,xx_YY.UTF-8", "LC_ALL,"})
  void theLauncherHandsOverEveryLetterInEveryLocale(String variable, String locale)
      throws Exception {
    // The launcher beside a jar that only says what it was given.
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.copy(Path.of("../../strandline"), home.resolve("strandline"));
    Path target = Files.createDirectories(home.resolve("samples/cli/target/quick"));
    for (String name : List.of("strandline-cli.jar", "strandline-built")) {
      Files.createFile(target.resolve(name));
    }
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"'; exit; fi\n"
            + "for last; do :; done\n"
            + "exec '%s' -cp '%s' '%s' \"$last\"\n"
                .formatted(
                    JAVA, System.getProperty("java.class.path"), LetterByLetter.class.getName()));
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("JAVA_HOME", java.getParent().getParent().toString());
    environment.put(variable, locale == null ? "" : locale);
    String said =
        said(environment, List.of("sh", home.resolve("strandline").toString(), "grüße-潮"));
    assertThat(said).isEqualTo("67 72 fc df 65 2d 6f6e");
  }

  @Test
  void withoutTheLauncherAnUnreadableArgumentIsRefusedInOneLine() throws Exception {
    List<String> command =
        List.of(
            JAVA.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "search",
            "--db",
            "none.db",
            "grüße");
    String said = said(Map.of("LC_ALL", "C"), command);
    // Java on some systems knows no locale but UTF-8's.
    assertThat(said).containsAnyOf("LC_ALL=C.UTF-8", "there is no database");
  }

  private static String said(Map<String, String> environment, List<String> command)
      throws Exception {
    List<String> words =
        new ArrayList<>(List.of("env", "-u", "LC_ALL", "-u", "LC_CTYPE", "-u", "LANG"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(command);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  /** Prints the code points of its argument. */
  static final class LetterByLetter {
    private LetterByLetter() {}

    public static void main(String[] args) {
      List<String> points = args[0].codePoints().mapToObj(Integer::toHexString).toList();
      System.out.println(String.join(" ", points));
    }
  }
}
