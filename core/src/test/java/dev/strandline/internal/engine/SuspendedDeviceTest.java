package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.ThreadSince;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A device that sleeps in the middle of a run, its monotonic clock standing still. */
class SuspendedDeviceTest {
  private static final Duration MINUTES = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration NEARLY_TOO_LONG = Duration.ofDays(26).plusHours(20);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r10_deletionsAreForgottenWhileTheDeviceSleepsBetweenUpdatedAndDeleted() {
    server.confirmed = true;
    workspace.posts("n", 5, MINUTES);
    device.pass(HOUR);
    device.sync();
    device.pass(HOUR);
    workspace.delete("n1");
    device.pass(NEARLY_TOO_LONG);
    sleepOnceBefore(query -> query instanceof Forward forward && forward.feed() == Feed.DELETED);
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    for (int run = 0; run < 40; run++) {
      device.pass(Duration.ofDays(1));
      workspace.post("m" + run);
      device.pass(HOUR);
      assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    }
    device.assertEqualsTheServer();
  }

  @Test
  void r10_deletionsAreForgottenWhileTheDeviceSleepsBeforeAThreadIsAsked() {
    server.confirmed = true;
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(HOUR);
    device.syncThread("root");
    device.pass(HOUR);
    workspace.delete("r1");
    device.pass(NEARLY_TOO_LONG);
    sleepOnceBefore(query -> query instanceof ThreadSince);
    for (int run = 0; run < 40; run++) {
      assertThat(device.syncThread("root").outcome()).isEqualTo(Outcome.COMPLETE);
      device.pass(Duration.ofDays(1));
    }
    assertThat(device.stored()).contains("r2").doesNotContain("r1");
  }

  /** The device is suspended, its monotonic clock stands still, before such a request leaves. */
  private void sleepOnceBefore(Predicate<FeedQuery> which) {
    server.before =
        query -> {
          if (which.test(query)) {
            workspace.pass(Duration.ofDays(4));
            server.before = ignored -> {};
          }
        };
  }
}
