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
    return lines(table, cells);
  }

  private static List<String> lines(Table table, int cells) {
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
  void aNoteIsNeverCut_butGoesBeneathTheRow() {
    Table noted = Table.of(Table.text("ROOM"), Table.words("ID"), Table.note("COVERAGE"));
    String coverage = "complete only from 2025-10-09 11:03:12, as of 2025-10-09 12:00:00";
    noted.row("harbour", "GENERAL", coverage);
    noted.row("quay", "abc", "");
    assertThat(lines(noted, 0))
        .containsExactly(
            "ROOM     ID       COVERAGE", "harbour  GENERAL  " + coverage, "quay     abc");
    assertThat(lines(noted, 100)).isEqualTo(lines(noted, 0));
    assertThat(lines(noted, 50))
        .containsExactly(
            "ROOM     ID",
            "harbour  GENERAL",
            "    complete only from 2025-10-09 11:03:12, as of",
            "    2025-10-09 12:00:00",
            "quay     abc");
  }

  @Test
  void whatHasNoRoomInTheLineGoesBeneathIt_withItsHeading() {
    Table wide =
        Table.of(
            Table.text("ROOM"), Table.words("ID"), Table.numbers("ADDED"), Table.words("ERROR"));
    wide.row("a room with a long name", "an-identifier-of-34-characters-xxx", "7", "unreachable");
    wide.row("b", "id", "8", "");
    assertThat(lines(wide, 50))
        .containsExactly(
            "ROOM            ID",
            "a room with a…  an-identifier-of-34-characters-xxx",
            "    added 7 · error unreachable",
            "b               id",
            "    added 8");
    for (int cells = 20; cells < 120; cells++) {
      int most = Math.max(cells, 34 + 4);
      assertThat(lines(wide, cells)).allMatch(line -> Width.of(line) <= most);
    }
  }

  @Test
  void linesAreBrokenAtBlanks_andWithinAWordThatIsLonger() {
    assertThat(Width.wrapped("one two  three", 7)).containsExactly("one two", "three");
    assertThat(Width.wrapped("abcdefgh i", 3)).containsExactly("abc", "def", "gh", "i");
    assertThat(Width.wrapped("漢字漢字", 5)).containsExactly("漢字", "漢字");
    assertThat(Width.wrapped("", 5)).isEmpty();
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
