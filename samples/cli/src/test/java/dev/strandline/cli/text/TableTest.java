package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      Table.of(Table.text("ROOM"), Table.numbers("MESSAGES"), Table.words("ID"));

  private List<String> lines(int cells) {
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out, true), cells);
    return out.toString().lines().toList();
  }

  @Test
  void columnsAreAlignedByWhatATerminalShows() {
    table.row("café", "7", "x");
    table.row("漢字", "1,234", "y");
    table.row("🚀 up", "12", "z");
    assertThat(lines(0))
        .containsExactly(
            "ROOM   MESSAGES  ID", "café          7  x", "漢字      1,234  y", "🚀 up        12  z");
    assertThat(lines(0)).extracting(Width::of).containsExactly(19, 18, 18, 18);
  }

  @Test
  void textIsCutToTheTerminalAndWordsAreNot() {
    table.row("a very long name that does not fit", "1", "an-identifier");
    table.row("漢字漢字漢字漢字漢字漢字漢字漢字", "2", "another");
    assertThat(lines(40))
        .containsExactly(
            "ROOM             MESSAGES  ID",
            "a very long na…         1  an-identifier",
            "漢字漢字漢字漢…         2  another");
    assertThat(lines(40)).allMatch(line -> Width.of(line) <= 40);
  }

  @Test
  void cellsAreMadeHarmless() {
    table.row("\u001b[2Jroom\nname", "1", "\u0007");
    assertThat(String.join("", lines(0)).chars()).noneMatch(Character::isISOControl);
    assertThat(lines(0)).hasSize(2);
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(() -> table.row("one")).hasMessageContaining("3 cells, not 1");
  }

  @Test
  void cuttingNeverSplitsACharacter() {
    assertThat(Width.cut("🚀🚀🚀", 5)).isEqualTo("🚀🚀…");
    assertThat(Width.cut("🚀🚀🚀", 4)).isEqualTo("🚀…");
    assertThat(Width.cut("abc", 3)).isEqualTo("abc");
    assertThat(Width.cut("abc", 0)).isEmpty();
  }
}
