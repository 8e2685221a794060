package dev.strandline.transport.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it arrives, with an end to every wait: the JDK's own stream waits for
 * ever between two bytes.
 *
 * <p>A few parts are asked for ahead of the reader. A slow reader still slows the server down, and
 * no more than those pile up; asking for them one by one would wake the client's thread for each.
 * One thread reads; closing early gives the connection up.
 */
final class ArrivingBody extends InputStream implements BodySubscriber<InputStream> {
  private static final Object END = new Object();

  /** Parts are up to 16 KiB each. */
  private static final int PARTS_AHEAD = 16;

  private static final Flow.Subscription CLOSED =
      new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final Patience patience;
  private final Unreachable unreachable;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private Iterator<ByteBuffer> part = List.<ByteBuffer>of().iterator();
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int partsTaken;
  private boolean ended;

  ArrivingBody(Patience patience, Unreachable unreachable) {
    this.patience = patience;
    this.unreachable = unreachable;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription offered) {
    if (subscription.compareAndSet(null, offered)) {
      offered.request(PARTS_AHEAD);
    } else {
      offered.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    arrived.add(item);
  }

  @Override
  public void onError(Throwable problem) {
    arrived.add(problem);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() {
    return fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  /** Makes sure that there is a byte to read, unless the body has ended. */
  private boolean fill() {
    while (!bytes.hasRemaining()) {
      if (ended) {
        return false;
      }
      if (part.hasNext()) {
        bytes = part.next();
      } else {
        await();
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // onNext puts nothing else in.
  private void await() {
    Object next = patience.next(nanos -> arrived.poll(nanos, TimeUnit.NANOSECONDS));
    if (next == END) {
      ended = true;
    } else if (next instanceof Throwable problem) {
      patience.checkCancelled();
      throw unreachable.midway(problem);
    } else {
      part = ((List<ByteBuffer>) next).iterator();
      partsTaken++;
      Flow.Subscription current = subscription.get();
      if (partsTaken == PARTS_AHEAD / 2 && current != null) {
        current.request(partsTaken);
        partsTaken = 0;
      }
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    bytes = ByteBuffer.allocate(0);
    part = List.<ByteBuffer>of().iterator();
    Flow.Subscription current = subscription.getAndSet(CLOSED);
    if (current != null) {
      current.cancel();
    }
    arrived.clear();
  }
}
