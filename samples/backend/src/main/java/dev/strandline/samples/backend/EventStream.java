package dev.strandline.samples.backend;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One app that listens, by server-sent events. Whoever makes events puts them into its short queue
 * and goes on; its thread writes them. Where the queue is full, or a write takes too long, the app
 * does not keep up: its connection is closed, and it can come back with the last id that it has.
 */
final class EventStream implements ChangeLog.Listener {
  private static final int MOST_WAITING = 64;
  private static final long LONGEST_WRITE_NANOS = Duration.ofSeconds(10).toNanos();

  private final HttpExchange exchange;
  private final ChangeLog log;
  private final String account;
  private final Duration heartbeat;
  private final BlockingQueue<ChangeLog.Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  private @Nullable Thread thread;
  private volatile @Nullable Long writingSince;
  private volatile boolean dropped;

  EventStream(HttpExchange exchange, ChangeLog log, String account, Duration heartbeat) {
    this.exchange = exchange;
    this.log = log;
    this.account = account;
    this.heartbeat = heartbeat;
  }

  /** Writes until the app is gone, is dropped, or the thread is interrupted. */
  void run(@Nullable String lastId) {
    setThread(Thread.currentThread());
    ChangeLog.Entry entry = log.enter(account, lastId, this);
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      // Tells a proxy such as nginx to pass events on as they come.
      exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
      exchange.sendResponseHeaders(200, 0);
      welcome(entry, lastId != null);
      while (!dropped && !Thread.currentThread().isInterrupted()) {
        ChangeLog.Event event = waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        write(event == null ? ": still here\n\n" : text(event));
      }
    } catch (IOException | InterruptedException e) {
      // Gone, dropped, or the end of the process: there is nobody to tell.
    } finally {
      log.leave(account, this);
      end();
    }
  }

  /** Says goodbye to an app that reads; hangs up on one that does not, as an interrupt does. */
  private void end() {
    setThread(null);
    Thread.interrupted();
    if (dropped) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
    Thread.interrupted();
  }

  /** Says how the app comes in: in the know, as somebody new, or having missed too much. */
  private void welcome(ChangeLog.Entry entry, boolean cameBack) throws IOException {
    write("retry: 3000\n\n");
    List<ChangeLog.Event> missed = entry.missed();
    if (missed == null) {
      write(text(entry.number(), "reload", "{\"room\":null,\"reason\":\"missed-too-much\"}"));
      return;
    }
    for (ChangeLog.Event event : missed) {
      write(text(event));
    }
    write(text(entry.number(), "ready", "{\"resumed\":" + cameBack + "}"));
  }

  private String text(ChangeLog.Event event) {
    return text(event.number(), event.type(), event.data());
  }

  /** JSON has no line breaks of its own, so that one line of data is enough. */
  private String text(long number, String type, String data) {
    return "id: " + log.id(number) + "\nevent: " + type + "\ndata: " + data + "\n\n";
  }

  private void write(String text) throws IOException {
    writingSince = System.nanoTime();
    OutputStream out = exchange.getResponseBody();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writingSince = null;
  }

  @Override
  public void happened(ChangeLog.Event event) {
    if (!waiting.offer(event)) {
      drop();
    }
  }

  void dropWhereStuck() {
    Long since = writingSince;
    if (since != null && System.nanoTime() - since > LONGEST_WRITE_NANOS) {
      drop();
    }
  }

  /** An interrupt closes the connection that its thread is writing to, or is about to. */
  synchronized void drop() {
    dropped = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  boolean wasDropped() {
    return dropped;
  }

  private synchronized void setThread(@Nullable Thread value) {
    thread = value;
  }
}
