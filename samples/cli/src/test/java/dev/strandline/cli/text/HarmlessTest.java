package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmlessTest {
  @Test
  void noEscapeSequenceSurvives() {
    String line = Harmless.line("\u001b[31mred\u001b]0;title\u0007 \u009b2J \u007f");
    assertThat(line.chars()).noneMatch(Character::isISOControl);
    assertThat(line).contains("red").contains("title");
  }

  @Test
  void lineEndsAreShownAndStayInTheLine() {
    assertThat(Harmless.line("a\nb\r\nc\u2028d\re")).isEqualTo("a⏎b⏎c⏎d⏎e");
    assertThat(Harmless.line("a\tb")).isEqualTo("a b");
  }

  @Test
  void nothingTurnsTheLineRound() {
    assertThat(Harmless.line("a\u202egnp.exe\u2066")).isEqualTo("agnp.exe");
  }

  @Test
  void whatPeopleWriteStays() {
    String text = "Größe 中文 👩‍🚀 café ✅";
    assertThat(Harmless.line(text)).isEqualTo(text);
    assertThat(Harmless.line("broken \ud83d")).isEqualTo("broken \ufffd");
  }

  @Test
  void jsonSaysTheSameWithoutControls() {
    assertThat(Harmless.json("{\"msg\":\"\u009b2J😀\"}")).isEqualTo("{\"msg\":\"\\u009b2J😀\"}");
  }
}
