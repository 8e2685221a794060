package dev.strandline.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.ServerTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchQueryTest {
  @Test
  void allWordsHaveToBeThere_inAnyOrder() {
    assertThat(found("tide high", "High tide, then low tide"))
        .containsExactly("High", "tide", "tide");
    assertThat(found("tide high", "low tide")).isEmpty();
  }

  @Test
  void quotedWordsHaveToStandInARow() {
    assertThat(found("\"high tide\"", "the HIGH, tide")).containsExactly("HIGH, tide");
    assertThat(found("\"high tide\"", "high and tide")).isEmpty();
    assertThat(found("\"high tide", "high tide")).as("a quote left open").hasSize(1);
  }

  @Test
  void quotesAndBlanksCountHoweverTheyAreTyped() {
    assertThat(found("“high tide”", "the HIGH, tide")).containsExactly("HIGH, tide");
    assertThat(found("„high tide“", "high and tide")).isEmpty();
    assertThat(found("東京\u3000タワー", "タワー、東京")).containsExactly("タワー", "東京");
    assertThat(found("tide\u00a0-low", "low tide")).isEmpty();
  }

  @Test
  void whatIsWrittenTogetherIsLookedForInARow() {
    assertThat(found("foo_bar", "a foo.bar")).containsExactly("foo.bar");
    assertThat(found("東京", "東京タワー")).containsExactly("東京");
    assertThat(found("東京", "京の東")).isEmpty();
  }

  @Test
  void aStarLooksForHowAWordBegins() {
    assertThat(found("strand*", "Strandlines on a strand"))
        .containsExactly("Strandlines", "strand");
    assertThat(found("strand", "Strandlines")).isEmpty();
    assertThat(found("\"a strand*\"", "a strandline")).as("in quotes it is a star").isEmpty();
  }

  @Test
  void aMinusKeepsMessagesOut() {
    assertThat(found("tide -low", "low tide")).isEmpty();
    assertThat(found("tide -low", "high tide")).containsExactly("tide");
    assertThat(found("tide -\"very low\"", "low tide")).hasSize(1);
  }

  @Test
  void overlappingPlacesAreOne() {
    assertThat(found("\"a b\" \"b c\"", "a b c")).containsExactly("a b c");
    assertThat(found("a a", "a")).containsExactly("a");
  }

  @Test
  void aQueryWithoutAWordIsRefused() {
    for (String empty : List.of("", "  ", "-low", "...", "\"\"", "-\"a b\" *")) {
      assertThatThrownBy(() -> SearchQuery.of(empty))
          .as(empty)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least one word");
    }
  }

  @Test
  void onlyTheNewestCanBeReadOn() {
    MessageKey place = new MessageKey(new ServerTime(1), new MessageId("m"));
    assertThatThrownBy(() -> SearchQuery.of("a").before(place).build())
        .hasMessageContaining("NEWEST");
    assertThatThrownBy(() -> SearchQuery.of("a").limit(0)).hasMessageContaining("1 to 10000");
  }

  private static List<String> found(String words, String text) {
    return SearchQuery.of(words).build().places(text).stream()
        .map(place -> text.substring(place.start(), place.end()))
        .toList();
  }
}
