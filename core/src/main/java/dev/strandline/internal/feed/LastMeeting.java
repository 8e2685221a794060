package dev.strandline.internal.feed;

import dev.strandline.internal.call.Stopwatch;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.ServerFacts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an engine remembers between runs of what the server said of itself. For several threads. */
public final class LastMeeting {

  /**
   * For so long settings are believed to be as they were, by runs that ask for changes only, and
   * while nothing fails: a server that was stopped may come back as another.
   */
  public static final Duration BELIEVED = Duration.ofHours(1);

  private final DeviceClock clock;
  private @Nullable ServerFacts facts;
  private Stopwatch since;

  public LastMeeting(DeviceClock clock) {
    this.clock = clock;
    since = Stopwatch.start(clock);
  }

  public synchronized void remember(ServerFacts value) {
    facts = value;
    since = Stopwatch.start(clock);
  }

  /** Something failed: what was said is not believed any more. */
  public synchronized void forget() {
    facts = null;
  }

  /** What was said within the last hour; null where nothing was. */
  public synchronized @Nullable ServerFacts recent() {
    return since.elapsed().compareTo(BELIEVED) <= 0 ? facts : null;
  }
}
