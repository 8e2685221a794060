package dev.strandline.transport.http.internal;

import dev.strandline.error.UnreachableException;
import dev.strandline.spi.DeviceClock;
import dev.strandline.testkit.server.FakeRocketChat;
import dev.strandline.testkit.server.Response;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The way to a fake server's API without a network: answers take their time by a device's clock, of
 * which a test has years.
 */
public final class DirectWire implements Wire {

  /** One request that was answered. */
  public record Exchange(String route, Map<String, String> query, int status, String reset) {}

  /** How long an answer takes to come. */
  public Duration latency = Duration.ofMillis(200);

  /** Whether there is no network. */
  public boolean isDown;

  /** Which questions the server takes too long for. */
  public Predicate<Exchange> tooMuch = exchange -> false;

  /** Every answer, as it leaves the server. */
  public java.util.function.Consumer<Exchange> onAnswer = exchange -> {};

  private final FakeRocketChat api;
  private final String address;
  private final DeviceClock clock;

  /**
   * @param address what the server counts calls by
   */
  public DirectWire(FakeRocketChat api, String address, DeviceClock clock) {
    this.api = api;
    this.address = address;
    this.clock = clock;
  }

  @Override
  public Reply send(Request request, Watch watch) {
    watch.check();
    long sent = clock.nanoTime();
    pause(latency.dividedBy(2));
    if (isDown) {
      throw new UnreachableException("there is no network", null);
    }
    Response response = api.handle(asSeen(request));
    String reset = String.valueOf(response.header("X-RateLimit-Reset"));
    Exchange exchange =
        new Exchange(request.route(), parameters(request), response.status(), reset);
    onAnswer.accept(exchange);
    if (response.status() == 200 && tooMuch.test(exchange)) {
      pause(Duration.ofSeconds(60));
      throw UnreachableException.timedOut("it takes too long", null);
    }
    pause(latency.dividedBy(2));
    return new Reply(
        response.status(),
        headers(response),
        new ByteArrayInputStream(response.body().toBytes()),
        Duration.ofNanos(clock.nanoTime() - sent));
  }

  private dev.strandline.testkit.server.Request asSeen(Request request) {
    String target = request.uri().getRawPath() + "?" + request.uri().getRawQuery();
    var plain = dev.strandline.testkit.server.Request.get(target, null);
    return new dev.strandline.testkit.server.Request(
        plain.method(), plain.path(), plain.query(), request.headers(), address);
  }

  private static Map<String, String> parameters(Request request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String target = request.uri().getRawPath() + "?" + request.uri().getRawQuery();
    dev.strandline.testkit.server.Request.get(target, null)
        .query()
        .forEach((name, values) -> parameters.put(name, values.get(0)));
    return parameters;
  }

  private static HttpHeaders headers(Response response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private void pause(Duration duration) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      throw Watch.interrupted(e);
    }
  }
}
