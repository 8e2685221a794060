package dev.strandline.samples.backend;

import com.sun.net.httpserver.HttpExchange;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Those who listen, of whom there are at most so many; each has a thread while it listens. */
final class EventStreams implements AutoCloseable {
  private static final int SECONDS_TO_END = 5;

  private final ChangeLog log;
  private final Duration heartbeat;
  private final ThreadPoolExecutor threads;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicLong dropped = new AtomicLong();

  EventStreams(ChangeLog log, int most, Duration heartbeat) {
    this.log = log;
    this.heartbeat = heartbeat;
    threads =
        new ThreadPoolExecutor(
            0,
            most,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> new Thread(work, "backend-listener"));
  }

  /**
   * Answers an exchange with events until its app goes away.
   *
   * @param lastId what the app has seen last; null where it is new
   * @throws Refusal where there are too many listeners
   */
  void open(HttpExchange exchange, String account, @Nullable String lastId) {
    EventStream stream = new EventStream(exchange, log, account, heartbeat);
    streams.add(stream);
    try {
      threads.execute(
          () -> {
            try {
              stream.run(lastId);
            } finally {
              streams.remove(stream);
              if (stream.wasDropped()) {
                dropped.incrementAndGet();
              }
            }
          });
    } catch (RejectedExecutionException e) {
      streams.remove(stream);
      throw new Refusal(
          503,
          "too-many-listeners",
          "As many apps are listening as can.",
          "Try again in a minute, and read the pages meanwhile.");
    }
  }

  /** Drops those that have not taken anything for a while. */
  void dropStuck() {
    streams.forEach(EventStream::dropWhereStuck);
  }

  int listening() {
    return streams.size();
  }

  /** How many were dropped because they did not keep up. */
  long dropped() {
    return dropped.get();
  }

  /** Ends all. Their apps come back elsewhere, or later, with the id that they have seen last. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        // Whoever is still writing then is interrupted once more, which closes his connection.
        streams.forEach(EventStream::drop);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
