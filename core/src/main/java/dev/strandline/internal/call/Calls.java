package dev.strandline.internal.call;

import dev.strandline.Progress;
import dev.strandline.RetryPolicy;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.Recovery;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.Told;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server on behalf of one run: tries again where that may help, gives up by policy, counts
 * requests, and stops when the thread that asks is interrupted. Each scope asks through calls of
 * its own, on its lane's thread; what the run has in common is safe for several.
 */
public final class Calls implements Call {
  private final RetryPolicy policy;
  private final DeviceClock clock;
  private final RandomGenerator jitter;
  private final RunClock server;
  private final Map<String, Integer> routes;
  private final Map<String, Long> bytes;
  private final Runnable counter;
  private final Consumer<Progress> news;

  /** When the request left that is under way, or was last; of the thread that asks. */
  private AskedAt asked = AskedAt.UNKNOWN;

  /**
   * Calls of a run that belong to no scope.
   *
   * @param server the server's clock, as it is known
   * @param news is told of waits
   */
  public Calls(
      RetryPolicy policy,
      DeviceClock clock,
      RandomGenerator jitter,
      RunClock server,
      Consumer<Progress> news) {
    this(
        policy,
        clock,
        jitter,
        server,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        () -> {},
        news);
  }

  private Calls(
      RetryPolicy policy,
      DeviceClock clock,
      RandomGenerator jitter,
      RunClock server,
      Map<String, Integer> routes,
      Map<String, Long> bytes,
      Runnable counter,
      Consumer<Progress> news) {
    this.policy = policy;
    this.clock = clock;
    this.jitter = jitter;
    this.server = server;
    this.routes = routes;
    this.bytes = bytes;
    this.counter = counter;
    this.news = news;
  }

  /** The same run's calls for one scope, which are counted for it too. */
  public Calls countingFor(Tally scope, Consumer<Progress> itsNews) {
    return new Calls(policy, clock, jitter, server, routes, bytes, scope::request, itsNews);
  }

  /** How many requests have left for all of the run. */
  public int requests() {
    return routes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The same by route. */
  public Map<String, Integer> routes() {
    return Map.copyOf(routes);
  }

  /** How many bytes the bodies of answers had so far, by route. */
  public Map<String, Long> bytes() {
    return Map.copyOf(bytes);
  }

  /** The server's clock, as the run knows it. */
  public RunClock clock() {
    return server;
  }

  /** Notes the moment that the answer to the latest request tells; see {@link RunClock#tell}. */
  public void heard(@Nullable ServerTime askedAt, boolean confirmed) {
    asked = asked.answeredBy(askedAt, confirmed);
    server.tell(askedAt, confirmed);
  }

  /** Notes a stamp that an answer has shown; null for none. */
  public void showed(@Nullable ServerTime stamp) {
    if (stamp != null) {
      server.showed(stamp);
    }
  }

  /** What a question that is asked now is known to be asked at. */
  public AskedAt asking() {
    return server.asking();
  }

  /** When the latest request left; each attempt has its own. */
  public AskedAt asked() {
    return asked;
  }

  /** See {@link RunClock#told(AskedAt, ServerTime)}. */
  public Told told(AskedAt asked, FeedAnswer answer) {
    return server.told(asked, answer.answeredAt());
  }

  /** See {@link RunClock#now}. */
  public @Nullable ServerTime serverNow() {
    return server.now();
  }

  @Override
  public @Nullable ServerTime passed() {
    return asked.passed();
  }

  /** Asks until there is an answer or the policy gives up. */
  public <T> T ask(Function<? super Call, T> question) {
    return ask(question, failure -> true);
  }

  /**
   * Asks until there is an answer, the policy gives up, or a failure is one that {@code worthIt}
   * does not want to see tried again.
   *
   * @throws StrandlineException the last failure
   */
  public <T> T ask(Function<? super Call, T> question, Predicate<StrandlineException> worthIt) {
    long begun = clock.nanoTime();
    Duration pause = policy.firstPause();
    for (int attempt = 1; ; attempt++) {
      checkCancelled();
      asked = server.asking();
      try {
        return question.apply(this);
      } catch (StrandlineException e) {
        Duration wait =
            e instanceof RateLimitedException limited ? limited.retryAfter() : jittered(pause);
        Duration spent = Duration.ofNanos(clock.nanoTime() - begun).plus(wait);
        boolean again =
            e.recovery() == Recovery.RETRY
                && attempt < policy.tries()
                && spent.compareTo(policy.patience()) <= 0
                && worthIt.test(e);
        if (!again) {
          throw e;
        }
        pause(wait, "another try after: " + e.kind());
        pause = doubled(pause);
      }
    }
  }

  @Override
  public void requestSent(String route) {
    asked = server.asking();
    routes.merge(route, 1, Integer::sum);
    counter.run();
  }

  @Override
  public void bodyRead(String route, long size) {
    bytes.merge(route, size, Long::sum);
  }

  @Override
  public void pause(Duration duration, String reason) {
    checkCancelled();
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    news.accept(new Progress.Waiting(duration, reason));
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  @Override
  public void checkCancelled() {
    // A cancellation interrupts the run's threads, so that it ends waits and answers too.
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
  }

  private static SyncCancelledException cancelled() {
    return new SyncCancelledException(
        "The run was cancelled. What was committed stays; the next run goes on from there.");
  }

  private Duration jittered(Duration pause) {
    double share;
    // A generator need not be safe for several threads.
    synchronized (jitter) {
      share = jitter.nextDouble();
    }
    return pause.minus(Duration.ofMillis((long) (pause.toMillis() * share / 2)));
  }

  private Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(policy.longestPause()) > 0 ? policy.longestPause() : twice;
  }
}
