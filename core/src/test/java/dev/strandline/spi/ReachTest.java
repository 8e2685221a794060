package dev.strandline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.ServerTime;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final ServerTime FLOOR = ServerTime.ofEpochMilli(1_000);

  @Test
  void itCoversWhatWasWrittenAtItsFloorOrLater() {
    Reach down = Reach.downTo(FLOOR);
    assertThat(down.covers(FLOOR)).isTrue();
    assertThat(down.covers(ServerTime.MAX)).isTrue();
    assertThat(down.covers(ServerTime.ofEpochMilli(999))).isFalse();
  }

  @Test
  void downToTheBeginningItCoversEverythingAndWithoutAFloorNothing() {
    assertThat(Reach.beginning(FLOOR).covers(ServerTime.EPOCH)).isTrue();
    assertThat(Reach.beginning(null).covers(ServerTime.EPOCH)).isTrue();
    assertThat(Reach.NOTHING.covers(ServerTime.MAX)).isFalse();
  }
}
