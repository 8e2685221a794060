package dev.strandline.testkit.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The server's API over a workspace: a pure function from request to answer, without connections,
 * threads or waiting.
 *
 * <p>Answers the routes listed in the package's documentation, as the chosen {@link ServerForm}
 * would: its parameter checks, its errors to the letter, its order of checks, its paging bugs. Time
 * is the workspace's clock throughout, the {@code Date} header included. Unknown routes get a
 * plain-text 404. Thread-safe.
 */
public final class FakeRocketChat {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final FakeWorkspace workspace;
  private final ServerForm form;
  private final TieOrder tieOrder;
  private final Map<String, Route> routes;
  private final RateLimiter limiter;
  private final AtomicLong calls = new AtomicLong();

  /**
   * Makes an API over a workspace; several may share one.
   *
   * @param form which generation of server to imitate
   * @param rateLimit the allowance of each route, address and window
   * @param tieOrder what comes first among equal stamps
   */
  public FakeRocketChat(
      FakeWorkspace workspace, ServerForm form, RateLimit rateLimit, TieOrder tieOrder) {
    this.workspace = workspace;
    this.form = form;
    this.tieOrder = tieOrder;
    routes = Route.table(form);
    limiter = new RateLimiter(rateLimit);
  }

  /** Makes an API without rate limit, ties in order of insertion. */
  public FakeRocketChat(FakeWorkspace workspace, ServerForm form) {
    this(workspace, form, RateLimit.off(), TieOrder.INSERTION);
  }

  /** Returns the workspace behind it. */
  public FakeWorkspace workspace() {
    return workspace;
  }

  /** Changes the rate limit; all counts start anew. */
  public void rateLimit(RateLimit limit) {
    limiter.limit(limit);
  }

  RateLimit rateLimit() {
    return limiter.limit();
  }

  /**
   * Answers a request. Never throws for what a client can send; documents are as of the call, even
   * if the body is written later.
   */
  public Response handle(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Date", HTTP_DATE.format(Instant.ofEpochMilli(workspace.clock().millis())));
    Route route = request.method().equals("GET") ? routes.get(request.path()) : null;
    if (route == null) {
      return Response.of(404, "text/plain", Body.of("404 Not Found")).with(headers);
    }
    headers.put("Cache-Control", "no-store");
    headers.put("Pragma", "no-cache");
    Map<String, String> limits = new LinkedHashMap<>();
    Response response;
    try {
      response = answer(request, route, limits);
    } catch (ApiError refusal) {
      response = refusal.response();
    }
    headers.putAll(limits);
    return response.with(headers);
  }

  /**
   * Login first; then a typed route looks at the parameters before the call counts, and a legacy
   * route after. Where no login is needed, a legacy route knows no user at all, so that nobody
   * passes the limiter uncounted.
   */
  private Response answer(Request request, Route route, Map<String, String> limits) {
    FakeUser caller = route.login() ? loggedIn(request) : form.isTyped() ? known(request) : null;
    Schema schema = route.schema();
    if (schema != null && form.checksSchemaBeforeLimiter()) {
      schema.check(request, form);
    }
    if (route.limited() && (caller == null || !caller.bypassesRateLimit())) {
      long now = workspace.clock().millis();
      limiter.count(request, route.ownLimit(), now, limits);
    }
    if (schema != null && !form.checksSchemaBeforeLimiter()) {
      schema.check(request, form);
    }
    long callSeed = workspace.state().seed * 31 + calls.incrementAndGet();
    return route
        .answer()
        .apply(new Call(request, caller, workspace, form, new TieBreak(tieOrder, callSeed)));
  }

  private FakeUser loggedIn(Request request) {
    FakeUser user = known(request);
    if (user == null) {
      throw ApiError.notLoggedIn(form);
    }
    return user;
  }

  /** Whose credentials a request carries; null where it has none, or wrong ones. */
  private @Nullable FakeUser known(Request request) {
    @Nullable String id = request.headers().get("X-User-Id");
    @Nullable FakeUser user = id == null ? null : workspace.users().find(id).orElse(null);
    boolean valid = user != null && user.authToken().equals(request.headers().get("X-Auth-Token"));
    return valid ? user : null;
  }
}
