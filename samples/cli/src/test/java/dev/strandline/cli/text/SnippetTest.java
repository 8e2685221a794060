package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.search.Place;
import dev.strandline.search.SearchQuery;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnippetTest {
  @Test
  void aShortTextIsShownWholeWithItsFinds() {
    String text = "high tide, low tide";
    assertThat(Snippet.of(text, SearchQuery.of("tide").build().places(text), 5, 40))
        .isEqualTo("high [tide], low [tide]");
    assertThat(Snippet.of("", List.of(), 5, 40)).isEmpty();
  }

  @Test
  void aLongTextIsCutAroundItsFirstFind() {
    String text = "x".repeat(200) + " tide " + "y".repeat(200);
    assertThat(Snippet.of(text, SearchQuery.of("tide").build().places(text), 5, 20))
        .isEqualTo("…xxxx [tide] yyyyyyyyyy…");
  }

  @Test
  void theFirstFindIsShownWhole_andNoCharacterIsTornApart() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(40);
      for (int k = 0; k < length; k++) {
        text.appendCodePoint(random.nextBoolean() ? 0x1F680 : 'a');
      }
      int first = random.nextInt(length);
      int last = first + 1 + random.nextInt(length - first);
      Place place = new Place(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
      String snippet =
          Snippet.of(text.toString(), List.of(place), random.nextInt(9), 1 + random.nextInt(20));
      assertThat(snippet).contains("[" + text.substring(place.start(), place.end()) + "]");
      assertThat(snippet.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
  }
}
