package dev.strandline.internal.engine;

import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.ServerFacts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an engine remembers between runs of what the server said of itself. For several threads. */
final class LastMeeting {

  /** For so long settings are believed to be as they were, by runs that ask for changes only. */
  static final Duration BELIEVED = Duration.ofHours(1);

  private final DeviceClock clock;
  private @Nullable ServerFacts facts;
  private long atNanos;

  LastMeeting(DeviceClock clock) {
    this.clock = clock;
  }

  synchronized void remember(ServerFacts value) {
    facts = value;
    atNanos = clock.nanoTime();
  }

  /** What was said within the last hour; null where nothing was. */
  synchronized @Nullable ServerFacts recent() {
    return clock.nanoTime() - atNanos <= BELIEVED.toNanos() ? facts : null;
  }
}
