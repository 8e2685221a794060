package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class GivenTimeTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private static String read(String given) {
    return GivenTime.of("--from", given, TOKYO).toString();
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
  void whatIsNoTimeIsRefusedWithExamples() {
    for (String given :
        new String[] {
          "", "yesterday", "22.11.2026", "2026-13-01", "2026-11-22T25:00Z", "9999999999"
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
