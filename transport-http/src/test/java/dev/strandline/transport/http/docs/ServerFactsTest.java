package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The citations of {@code docs/server-facts.md}, such as "facts 3.6". */
class ServerFactsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SECTION = Pattern.compile("(?m)^#{2,3} (\\d+(?:\\.\\d+)?)\\b");

  /** One number or several; a comment may break before the first. */
  private static final Pattern CITATION =
      Pattern.compile("\\bfacts\\s+(?:[/*]+\\s+)?(\\d+(?:\\.\\d+)?(?:, \\d+(?:\\.\\d+)?)*)");

  @Test
  void everySectionThatTheCodeCitesIsThere() throws IOException {
    Set<String> sections =
        found(SECTION, Files.readString(ROOT.resolve("docs/server-facts.md")))
            .collect(Collectors.toSet());
    TreeMap<String, Path> cited = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(ServerFactsTest::isOurs).toList()) {
        found(CITATION, Files.readString(file))
            .flatMap(numbers -> Stream.of(numbers.split(", ", -1)))
            .forEach(section -> cited.put(section, file));
      }
    }

    assertThat(cited).isNotEmpty();
    cited.keySet().removeAll(sections);
    assertThat(cited).isEmpty();
  }

  private static boolean isOurs(Path file) {
    String path = file.toString();
    return path.matches(".*[/\\\\]src[/\\\\].*\\.java")
        || path.matches(".*[/\\\\]docs[/\\\\].*\\.md");
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
  }
}
