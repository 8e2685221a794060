package dev.strandline.transport.http.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The Java that a page shows, as it stands there. */
final class Snippets {
  private static final Pattern BLOCK =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private Snippets() {}

  /** All of a page's, in order. */
  static List<String> of(Path page) throws IOException {
    return BLOCK.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
  }

  /** The first of a page's. */
  static String first(Path page) throws IOException {
    return of(page).get(0);
  }

  /** The one of a page's that begins so. */
  static String beginningWith(Path page, String words) throws IOException {
    return of(page).stream()
        .filter(snippet -> snippet.startsWith(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page + " shows nothing that begins with " + words));
  }
}
