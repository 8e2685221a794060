package dev.strandline.transport.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the transports of many accounts have in common: one HTTP client with its few threads and its
 * connections, and one {@link Pacing}, which every server's limit wants to be shared.
 *
 * <p>A transport over it costs some objects and nothing else. Connections belong to no account: as
 * many are open as calls are under way, and those that are idle are used again by whoever calls
 * next, until the JDK closes them ({@code jdk.httpclient.keepalive.timeout}). Safe for several
 * threads.
 *
 * <pre>{@code
 * try (SharedHttp http = SharedHttp.create()) {
 *   Transport hers = HttpTransport.builder(server).shared(http).credentials(first).build();
 *   Transport his = HttpTransport.builder(server).shared(http).credentials(second).build();
 * }
 * }</pre>
 */
public final class SharedHttp implements AutoCloseable {
  /** How long a connection may take to come about unless something else is set. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final int IDLE_SECONDS = 10;

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Pacing pacing = Pacing.create();
  private final ExecutorService threads;
  private final HttpClient client;

  private SharedHttp(Duration connectTimeout) {
    threads = threads();
    client = client(connectTimeout, threads);
  }

  /** With 10 seconds for a connection to come about. */
  public static SharedHttp create() {
    return create(CONNECT_TIMEOUT);
  }

  /**
   * The same with another bound.
   *
   * @param connectTimeout how long a connection may take to come about, from 1 ms to 1 day
   */
  public static SharedHttp create(Duration connectTimeout) {
    return new SharedHttp(HttpTransportBuilder.checked(connectTimeout, "connectTimeout"));
  }

  /** What is known of the servers' limits, and how many calls there were. */
  public Pacing pacing() {
    return pacing;
  }

  HttpClient client() {
    return client;
  }

  boolean isClosed() {
    return closed.get();
  }

  /** A client that asks on behalf of transports, with {@code threads} for what it does itself. */
  static HttpClient client(Duration connectTimeout, ExecutorService threads) {
    return HttpClient.newBuilder()
        // One request at a time and thread: HTTP/2 would gain nothing, and its upgrade on plain
        // connections confuses some proxies.
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .executor(threads)
        .build();
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "strandline-http");
    thread.setDaemon(true);
    return thread;
  }

  /** The client's tasks are short and wait for nothing but names, so a few threads serve many. */
  private static ExecutorService threads() {
    int most = Math.max(4, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            SharedHttp::daemon);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Ends its threads. Calls that are under way end within a fraction of a second, with a {@code
   * SyncCancelledException}, as if their transports had been closed; close those first. Closing
   * twice is fine.
   */
  @Override
  public void close() {
    closed.set(true);
    threads.shutdownNow();
  }
}
