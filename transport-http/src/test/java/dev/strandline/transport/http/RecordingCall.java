package dev.strandline.transport.http;

import dev.strandline.error.SyncCancelledException;
import dev.strandline.spi.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what a transport tells; its pauses only move the test's clock. */
class RecordingCall implements Call {
  final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  final Map<String, Long> bytes = new ConcurrentHashMap<>();
  volatile boolean cancelled;
  private final TestClock clock;

  RecordingCall(TestClock clock) {
    this.clock = clock;
  }

  @Override
  public void requestSent(String route) {
    sent.add(route);
  }

  @Override
  public void bodyRead(String route, long size) {
    bytes.merge(route, size, Long::sum);
  }

  @Override
  public void pause(Duration duration, String reason) {
    checkCancelled();
    pauses.add(duration);
    clock.advance(duration);
  }

  @Override
  public void checkCancelled() {
    if (cancelled) {
      throw new SyncCancelledException("cancelled by the test");
    }
  }
}
