package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class GivenTimeTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  /** In Tokyo it is the 22nd already, half past midnight. */
  private static final Instant NOW = Instant.parse("2026-11-21T15:30:00Z");

  private static String read(String given) {
    return GivenTime.of("--from", given, TOKYO, NOW).toString();
  }

  @Test
  void aTimeIsTheViewersUnlessItSaysOtherwise() {
    assertThat(read("2026-11-22")).isEqualTo("2026-11-21T15:00:00.000Z");
    assertThat(read("2026-11-22 08:30")).isEqualTo("2026-11-21T23:30:00.000Z");
    assertThat(read("2026-11-22T08:30:01.5")).isEqualTo("2026-11-21T23:30:01.500Z");
    assertThat(read("2026-11-22T08:30:00Z")).isEqualTo("2026-11-22T08:30:00.000Z");
    assertThat(read("2026-11-22T08:30+01:00")).isEqualTo("2026-11-22T07:30:00.000Z");
    assertThat(read(" 2026-11-22 ")).isEqualTo(read("2026-11-22"));
  }

  @Test
  void aTimeCanBeSaidByHowLongAgoItIs() {
    assertThat(read("2h")).isEqualTo("2026-11-21T13:30:00.000Z");
    assertThat(read("7d")).isEqualTo("2026-11-14T15:30:00.000Z");
    assertThat(read("2W ago")).isEqualTo("2026-11-07T15:30:00.000Z");
    assertThat(read("1h30m")).isEqualTo("2026-11-21T14:00:00.000Z");
    assertThat(read("now")).isEqualTo("2026-11-21T15:30:00.000Z");
  }

  @Test
  void daysHaveNames_andATimeAloneIsOfToday() {
    assertThat(read("today")).isEqualTo("2026-11-21T15:00:00.000Z");
    assertThat(read("Yesterday")).isEqualTo("2026-11-20T15:00:00.000Z");
    assertThat(read("yesterday 8:30")).isEqualTo("2026-11-20T23:30:00.000Z");
    assertThat(read("08:30")).isEqualTo("2026-11-21T23:30:00.000Z");
    assertThat(read("8:30:15")).isEqualTo("2026-11-21T23:30:15.000Z");
  }

  @Test
  void whatIsNoTimeIsRefusedWithExamples() {
    for (String given :
        new String[] {
          "",
          "tomorrow",
          "22.11.2026",
          "2026-13-01",
          "2026-11-22T25:00Z",
          "9999999999",
          "7",
          "d7",
          "7 d",
          "-2h",
          "2x",
          "25:00",
          "yesterday at noon",
          "99999999999d"
        }) {
      assertThatThrownBy(() -> read(given))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.exitState()).isEqualTo(ExitState.USAGE);
                assertThat(problem).hasMessage("--from is no time: '" + given + "'.");
                assertThat(problem.advice()).contains("2026-11-22T08:30:00Z");
              });
    }
  }
}
