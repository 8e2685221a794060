package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules, the tests that prove them, and the page that says so belong together. */
class SyncRulesTest {
  private static final Path ROOT = root();
  private static final Path PAGE = ROOT.resolve("docs/sync-rules.md");
  private static final Pattern NAMED_TEST =
      Pattern.compile("`(\\w+(?:Test|Contract|Promises))\\.(\\w+)`");

  @Test
  void everyRuleHasATestThatCitesIt() {
    String tests = String.join("\n", testSources().values());
    assertThat(rules())
        .allSatisfy(
            rule ->
                assertThat(tests)
                    .as("a test method named r%d_…", rule)
                    .containsPattern("void r" + rule + "_\\w+\\("));
  }

  @Test
  void everyRuleIsStatedWithItsProof() throws IOException {
    String page = Files.readString(PAGE);
    for (int rule : rules()) {
      String section = section(page, rule);
      assertThat(section).contains("**Promise.**", "**Why.**", "**Proof.**");
      assertThat(NAMED_TEST.matcher(section.substring(section.indexOf("**Proof.**"))).results())
          .as("tests named as the proof of R%d", rule)
          .isNotEmpty();
    }
  }

  @Test
  void everyTestNamedAsAProofExists() throws IOException {
    Set<String> missing = new LinkedHashSet<>();
    Map<String, String> sources = testSources();
    for (MatchResult named : NAMED_TEST.matcher(Files.readString(PAGE)).results().toList()) {
      String source = sources.getOrDefault(named.group(1) + ".java", "");
      if (!source.contains("void " + named.group(2) + "(")) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<Integer> rules() {
    return IntStream.rangeClosed(1, 16).boxed().toList();
  }

  private static String section(String page, int rule) {
    int start = page.indexOf("\n## R" + rule + " ");
    assertThat(start).as("a section about R%d", rule).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  /** Every test of the project by its file's name, and the contracts that tests inherit. */
  private static Map<String, String> testSources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && isTest(file))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  SyncRulesTest::read,
                  (one, other) -> one + other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTest(Path file) {
    String path = ROOT.relativize(file).toString().replace('\\', '/');
    return path.contains("src/test/java/")
        || path.startsWith("testkit/src/main/java/dev/strandline/testkit/store/");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/sync-rules.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
