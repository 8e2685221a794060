package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "2m,PT2M",
    "90s,PT90S",
    "1h30m,PT90M",
    "500ms,PT0.5S",
    "PT2M,PT2M",
    "0,PT0S",
    "1d,P1D"
  })
  void readsWhatPeopleWrite(String text, Duration duration) {
    assertThat(new Durations().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "m", "2 m", "2m!", "-2m", "PT", "2x", "99999999999s"})
  void refusesTheRest(String text) {
    assertThatThrownBy(() -> new Durations().convert(text)).hasMessageContaining("no duration");
  }

  @Test
  void durationsOutOfRangeAreNamed() {
    Cli.Result result =
        Cli.withoutAccount()
            .run(
                "sync", "--server", "http://localhost:1", "--db", "x", "--all", "--lookback", "2d");
    assertThat(result.state()).isEqualTo(2);
    assertThat(result.err()).contains("lookback must be 0 to 1 day");
  }
}
