package dev.strandline.transport.http.internal;

import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DeviceClock;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one question until it is answered: waits for the rate limiter's window, renews credentials
 * once, follows redirects within the server, and reads what comes. Safe for several threads.
 */
public final class Caller {
  private static final System.Logger LOG = System.getLogger(Caller.class.getName());
  private static final int MOST_REFUSALS = 4;
  private static final int MOST_REDIRECTS = 5;
  private static final int MOST_JITTER_MILLIS = 250;

  private final ServerAddress server;
  private final Wire wire;
  private final Login.Source logins;
  private final RateLimits limits;
  private final DeviceClock clock;
  private final Settings settings;
  private final JsonBody.Format format;

  /**
   * What a user can set.
   *
   * @param userAgent the {@code User-Agent} of every request
   * @param maxWait how long one question may wait for the rate limiter in all
   * @param maxMessageBytes how long one message's JSON may be
   */
  public record Settings(String userAgent, Duration maxWait, int maxMessageBytes) {}

  public Caller(
      ServerAddress server,
      Wire wire,
      Login.Source logins,
      RateLimits limits,
      DeviceClock clock,
      Settings settings) {
    this.server = server;
    this.wire = wire;
    this.logins = logins;
    this.limits = limits;
    this.clock = clock;
    this.settings = settings;
    format = new JsonBody.Format(settings.maxMessageBytes());
  }

  /** Asks {@code route} and reads the answer. */
  <T> T ask(
      String route,
      Map<String, String> parameters,
      Call call,
      BooleanSupplier closed,
      Reading<T> reading) {
    return question(route, parameters, call, closed, reading, true).answer();
  }

  /**
   * The same without credentials, for a route that needs none: the limiter exempts nobody whom it
   * does not know, so the answer shows the clock that stamps messages to every kind of account
   * (facts 6). Where the route wants credentials all the same, it gets them.
   */
  <T> T askAnonymously(
      String route,
      Map<String, String> parameters,
      Call call,
      BooleanSupplier closed,
      Reading<T> reading) {
    return question(route, parameters, call, closed, reading, false).answer();
  }

  private <T> Question<T> question(
      String route,
      Map<String, String> parameters,
      Call call,
      BooleanSupplier closed,
      Reading<T> reading,
      boolean identified) {
    return new Question<>(
        route, server.call(route, parameters), new Watch(call, closed), reading, identified);
  }

  /** One question on its way. Belongs to one thread. */
  private final class Question<T> {
    private final String route;
    private final String limitKey;
    private final Watch watch;
    private final Reading<T> reading;
    private URI uri;
    private Login login;
    private boolean identified;
    private Duration waitLeft = settings.maxWait();
    private boolean renewed;
    private int refusals;
    private int redirects;

    Question(String route, URI uri, Watch watch, Reading<T> reading, boolean identified) {
      this.identified = identified;
      this.route = route;
      this.uri = uri;
      this.watch = watch;
      this.reading = reading;
      limitKey = server.origin() + " " + route;
      login = logins.current();
    }

    T answer() {
      while (true) {
        RateLimits.Place place = limits.join(limitKey, Caller.this);
        try {
          awaitAdmission(place);
          Optional<T> answer = send();
          if (answer.isPresent()) {
            return answer.get();
          }
        } finally {
          limits.leave(place);
        }
      }
    }

    /** Sends the request once; empty where it has to be sent again. */
    private Optional<T> send() {
      watch.check();
      watch.call().requestSent(route);
      try (Wire.Reply reply = wire.send(request(), watch)) {
        long received = clock.nanoTime();
        ServerTime date = AnswerDate.of(reply.headers());
        limits.learn(limitKey, reply.status(), reply.headers(), date, received);
        Asked asked = Asked.of(reply.headers(), reply.elapsed());
        if (reply.status() == 200) {
          return Optional.of(
              JsonBody.read(route, reply, login.secrets(), format, watch, reading, asked));
        }
        if (reply.status() >= 300 && reply.status() < 400) {
          redirect(reply);
          return Optional.empty();
        }
        Refusal refusal = JsonBody.refusal(route, reply, login.secrets(), watch);
        if (refusal.status() == 429) {
          slowDown(RateWindow.afterRefusal(reply.headers(), date, refusal.text()), received);
        } else if (refusal.status() == 401) {
          if (!renew(refusal)) {
            return Optional.of(reading.refused(refusal, asked));
          }
        } else {
          return Optional.of(reading.refused(refusal, asked));
        }
        return Optional.empty();
      }
    }

    private Wire.Request request() {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Accept", "application/json");
      headers.put("Accept-Encoding", "gzip");
      headers.put("User-Agent", settings.userAgent());
      if (identified) {
        login.addTo(headers);
      }
      return new Wire.Request(route, uri, headers, login.secrets());
    }

    /** R15: not before the window admits another call. */
    private void awaitAdmission(RateLimits.Place place) {
      while (true) {
        Duration wait = limits.admit(place, clock.nanoTime());
        if (wait.isZero()) {
          return;
        }
        if (wait.compareTo(waitLeft) > 0) {
          throw new RateLimitedException(route, wait);
        }
        // All who wait for one window wake at one moment; they need not all call in it.
        Duration pause =
            wait.plusMillis(ThreadLocalRandom.current().nextInt(MOST_JITTER_MILLIS + 1));
        LOG.log(System.Logger.Level.DEBUG, "waiting {0} for {1}", pause, route);
        watch.call().pause(pause, "rate limit of " + route);
        waitLeft = waitLeft.minus(pause);
        watch.check();
      }
    }

    private void slowDown(Duration wait, long now) {
      refusals++;
      limits.refused(limitKey, wait, now);
      if (refusals > MOST_REFUSALS) {
        throw new RateLimitedException(route, wait);
      }
    }

    /** Takes newer credentials; false where there are none and the question does without. */
    private boolean renew(Refusal refusal) {
      if (!identified) {
        identified = true;
        return true;
      }
      try {
        // A second factor is asked of newer credentials, too.
        if (renewed || refusal.asksForSecondFactor()) {
          throw refusal.toException();
        }
        renewed = true;
        LOG.log(System.Logger.Level.DEBUG, "credentials refused for {0}, renewing them", route);
        Login newer = logins.insteadOf(login);
        if (!newer.userId().equals(login.userId())) {
          throw anotherAccount();
        }
        login = newer;
        return true;
      } catch (NotAuthorizedException e) {
        if (reading.doesWithoutLogin()) {
          return false;
        }
        throw e;
      }
    }

    private void redirect(Wire.Reply reply) {
      URI target = target(reply);
      boolean inside = target != null && ServerAddress.originOf(target).equals(server.origin());
      redirects++;
      if (target != null && inside && redirects <= MOST_REDIRECTS) {
        uri = target;
        return;
      }
      String where =
          target == null ? "to nowhere that can be used" : "to " + ServerAddress.originOf(target);
      throw new ServerErrorException(
          "The server redirects "
              + route
              + " "
              + (inside ? "in circles" : where)
              + " (HTTP "
              + reply.status()
              + "). Credentials are not taken along to another address: use the final URL of the"
              + " server, most often its https one.",
          reply.status(),
          "");
    }

    private @Nullable URI target(Wire.Reply reply) {
      boolean isMove =
          switch (reply.status()) {
            case 301, 302, 307, 308 -> true;
            default -> false;
          };
      String location = reply.headers().firstValue("Location").orElse("");
      if (location.isBlank()) {
        return null;
      }
      try {
        URI target = uri.resolve(location);
        // As in a server's URL, a user has no place in it: what is there may be a token, and an
        // address is shown in messages.
        boolean usable =
            target.getScheme() != null
                && target.getHost() != null
                && target.getRawUserInfo() == null;
        return isMove && usable ? target : null;
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  /** The failure of a provider that changes the account under a transport. */
  public static NotAuthorizedException anotherAccount() {
    return new NotAuthorizedException(
        "The credentials supplied are now another account's. A store holds one account's messages:"
            + " use a transport and a store of its own for every account.");
  }
}
