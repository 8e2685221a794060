package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What is said while a search index is made. */
class IndexProgressTest {
  private final StringWriter said = new StringWriter();

  @Test
  void whoWatchesSeesHowManyOfHowMany_andOthersThatItIsMade() {
    IndexProgress watched = progress(true, false);
    watched.indexed(5000, 12_000);
    assertThat(said.toString()).contains("Making the search index: 5,000 of 12,000 messages");
    watched.indexed(12_000, 12_000);
    watched.indexed(12_000, 12_000);
    assertThat(said.toString())
        .endsWith("\rMade the search index of 12,000 messages." + System.lineSeparator())
        .containsOnlyOnce("Made");
    said.getBuffer().setLength(0);
    IndexProgress other = progress(false, false);
    other.indexed(5000, 12_000);
    assertThat(said.toString()).isEmpty();
    other.indexed(12_000, 12_000);
    assertThat(said.toString().lines())
        .containsExactly("Made the search index of 12,000 messages.");
  }

  @Test
  void ofAnEmptyFileNothingIsSaid() {
    progress(false, false).indexed(0, 0);
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void itStopsWhereTheProcessIsToldToEnd_unlessItIsMade() {
    IndexProgress asked = progress(false, true);
    assertThatThrownBy(() -> asked.indexed(5000, 12_000))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitState()).isEqualTo(ExitState.INTERRUPTED);
              assertThat(problem.advice()).contains("run the same again");
            });
    asked.indexed(12_000, 12_000);
    assertThat(said.toString()).contains("Made the search index");
  }

  private IndexProgress progress(boolean watched, boolean isToEnd) {
    return new IndexProgress(watched, false, new PrintWriter(said), () -> isToEnd);
  }
}
