package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.RetryPolicy;
import dev.strandline.error.UnreachableException;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What has to come in pages, and where they end. */
class PagesTest {
  private static final Duration MINUTES = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r15_aRoomOfWhichNothingButSmallPagesComesThroughIsRead() {
    device.configure(o -> o.retry(RetryPolicy.standard()));
    workspace.posts("n", 200, MINUTES);
    refuseMoreThan(60);
    tenRuns();
    assertThat(device.stored()).hasSize(200);
  }

  @Test
  void r3_aTieThatIsALittleLargerThanWhatComesThroughIsRead() {
    device.configure(o -> o.retry(RetryPolicy.standard()));
    workspace.posts("old", 10, MINUTES);
    for (int i = 0; i < 1_050; i++) {
      workspace.post("same" + i);
    }
    refuseMoreThan(1_150);
    tenRuns();
    assertThat(device.stored()).hasSize(1_060);
  }

  @Test
  void r3_aMessageOfTheWatermarksMillisecondArrivesWithoutALookback() {
    device.configure(o -> o.lookback(Duration.ZERO));
    workspace.posts("n", 3, MINUTES);
    workspace.post("a");
    device.sync();
    workspace.post("b"); // in the same millisecond
    for (int run = 0; run < 3; run++) {
      device.pass(Duration.ofDays(3)); // in pages
      device.sync();
    }
    device.assertEqualsTheServer();
  }

  private void refuseMoreThan(int most) {
    server.before =
        query -> {
          int count =
              query instanceof Backward backward
                  ? backward.count()
                  : query instanceof Forward forward && forward.feed() == Feed.UPDATED
                      ? forward.count()
                      : query instanceof Since ? Integer.MAX_VALUE : 0;
          if (count > most) {
            throw UnreachableException.timedOut("late", null);
          }
        };
  }

  private void tenRuns() {
    for (int run = 0; run < 10; run++) {
      device.pass(HOUR);
      device.sync();
    }
  }
}
