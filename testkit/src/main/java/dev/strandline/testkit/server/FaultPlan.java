package dev.strandline.testkit.server;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The faults armed for the calls to come, first armed first used. Thread-safe. {@link FakeServer}
 * takes from it for every API call; in process, {@link #handle} does the same for one.
 */
public final class FaultPlan {
  /** Stands for every route. A fault armed for the route itself goes first. */
  public static final String ANY_ROUTE = "*";

  private final Map<String, Deque<Fault>> armed = new HashMap<>();

  /** Makes a plan without faults. */
  public FaultPlan() {}

  /**
   * Arms faults for the next calls of a route, one each.
   *
   * @param route the name, for example {@code chat.syncMessages}, or {@link #ANY_ROUTE}
   * @return this plan
   */
  public synchronized FaultPlan next(String route, Fault... faults) {
    armed.computeIfAbsent(route, r -> new ArrayDeque<>()).addAll(Arrays.asList(faults));
    return this;
  }

  /** Arms one fault for the next {@code calls} calls of a route. */
  public synchronized FaultPlan next(String route, int calls, Fault fault) {
    for (int i = 0; i < calls; i++) {
      next(route, fault);
    }
    return this;
  }

  /** Disarms everything. */
  public synchronized void clear() {
    armed.clear();
  }

  /** Returns how many calls are still going to fail. */
  public synchronized int pending() {
    return armed.values().stream().mapToInt(Deque::size).sum();
  }

  /** Takes the fault for one call of a route, if one is armed. */
  synchronized Optional<Fault> take(String route) {
    for (String key : new String[] {route, ANY_ROUTE}) {
      Deque<Fault> faults = armed.get(key);
      if (faults != null && !faults.isEmpty()) {
        return Optional.of(faults.remove());
      }
    }
    return Optional.empty();
  }

  /**
   * Makes one call in process, with whatever fault is armed for it. Waits for nothing: a delay
   * moves the workspace's clock, and a hang fails at once as the client's own time-out would.
   *
   * @throws IOException where no answer arrives; a cut body arrives, but short
   */
  public Response handle(Request request, FakeRocketChat server) throws IOException {
    Fault fault = take(request.route()).orElse(null);
    if (fault instanceof Fault.Reset) {
      throw new SocketException("Connection reset");
    } else if (fault instanceof Fault.Hang) {
      throw new SocketTimeoutException("No answer");
    } else if (fault instanceof Fault.Answer answer) {
      return answer.response();
    } else if (fault instanceof Fault.Delay delay) {
      server.workspace().clock().advance(delay.by());
    }
    Response response = server.handle(request);
    if (fault instanceof Fault.Rewrite rewrite) {
      return rewrite.change().apply(response);
    } else if (fault instanceof Fault.Cut cut) {
      byte[] whole = response.body().toBytes();
      int kept = (int) Math.min(cut.bytes(), whole.length);
      return new Response(
          response.status(), response.headers(), Body.of(Arrays.copyOf(whole, kept)));
    }
    return response;
  }
}
