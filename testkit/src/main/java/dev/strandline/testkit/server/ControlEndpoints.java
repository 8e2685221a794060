package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /_fake/…}: drives a fake server from outside its process, with curl or from a test. No
 * login: it listens on loopback only. Parameters are query parameters throughout; answers are JSON.
 */
final class ControlEndpoints {
  private final FakeRocketChat api;
  private final FaultPlan faults;
  private final RequestLog log;
  private final Runnable stop;
  private final RoomControls rooms;

  ControlEndpoints(FakeRocketChat api, FaultPlan faults, RequestLog log, Runnable stop) {
    this.api = api;
    this.faults = faults;
    this.log = log;
    this.stop = stop;
    rooms = new RoomControls(api.workspace());
  }

  Response handle(Request request) {
    try {
      return answer(request, request.path().substring("/_fake/".length()).split("/", -1));
    } catch (IllegalArgumentException | DateTimeException e) {
      return refused(400, String.valueOf(e.getMessage()));
    }
  }

  private Response answer(Request request, String[] path) {
    boolean post = request.method().equals("POST");
    return switch (path[0]) {
      case "rooms" -> rooms.handle(request, path);
      case "users" -> post ? rename(request, path) : Response.json(users());
      case "clock" -> Response.json(clock(request, post));
      case "limiter" -> Response.json(limiter(request, post));
      case "settings" -> Response.json(settings(request, post));
      case "faults" -> Response.json(faults(request, post));
      case "requests" -> Response.json(requests(post));
      case "stop" -> post ? stopped() : refused(405, "Stop with POST");
      default -> refused(404, "No control endpoint " + request.path());
    };
  }

  private Response stopped() {
    stop.run();
    return Response.json(Json.object().put("stopping", true));
  }

  private ArrayNode users() {
    ArrayNode users = Json.array();
    for (FakeUser user : api.workspace().users().all()) {
      ObjectNode document = Messages.author(user).put("authToken", user.authToken());
      document.set("roles", Json.strings(user.roles()));
      users.add(document);
    }
    return users;
  }

  private Response rename(Request request, String[] path) {
    if (path.length != 3 || !path[2].equals("rename")) {
      return refused(404, "Rename with POST /_fake/users/{id}/rename?to=NAME");
    }
    Users users = api.workspace().users();
    FakeUser user =
        users.find(path[1]).orElseThrow(() -> new IllegalArgumentException("No user " + path[1]));
    int messages = users.rename(user, required(request, "to"));
    return Response.json(Json.object().put("messages", messages));
  }

  private ObjectNode clock(Request request, boolean post) {
    ServerClock clock = api.workspace().clock();
    String set = request.first("set");
    String advance = request.first("advance");
    if (post && set != null) {
      clock.set(Instant.parse(set));
    } else if (post && advance != null) {
      clock.advance(Duration.parse(advance));
    } else if (post) {
      throw new IllegalArgumentException("Give set=INSTANT or advance=DURATION");
    }
    return Json.object().put("now", Json.iso(clock.millis()));
  }

  private ObjectNode limiter(Request request, boolean post) {
    if (post) {
      String window = request.first("window");
      int calls = Integer.parseInt(required(request, "calls"));
      api.rateLimit(
          new RateLimit(calls, window == null ? Duration.ofMinutes(1) : Duration.parse(window)));
    }
    RateLimit limit = api.rateLimit();
    return Json.object().put("calls", limit.calls()).put("window", limit.window().toString());
  }

  private ObjectNode settings(Request request, boolean post) {
    WorkspaceSettings settings = api.workspace().settings();
    if (post) {
      for (String id : request.query().keySet()) {
        String value = required(request, id);
        boolean flag = value.equals("true") || value.equals("false");
        settings.set(
            id, flag ? BooleanNode.valueOf(value.equals("true")) : TextNode.valueOf(value));
      }
    }
    ObjectNode all = Json.object();
    for (Map.Entry<String, JsonNode> setting : settings.all().entrySet()) {
      all.set(setting.getKey(), setting.getValue());
    }
    return all;
  }

  private ObjectNode faults(Request request, boolean post) {
    if (post) {
      String times = request.first("times");
      String route = request.first("route");
      faults.next(
          route == null ? FaultPlan.ANY_ROUTE : route,
          times == null ? 1 : Integer.parseInt(times),
          fault(required(request, "fault")));
    }
    return Json.object().put("pending", faults.pending());
  }

  /** A name, with a value after a colon where it takes one. */
  private static Fault fault(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    return switch (name) {
      case "status" -> Fault.status(Integer.parseInt(value));
      case "delay" -> Fault.delay(Duration.parse(value));
      case "cut" -> Fault.cut(Long.parseLong(value));
      case "hang" -> Fault.hang();
      case "reset" -> Fault.reset();
      case "html" -> Fault.html();
      case "garbage" -> Fault.garbage();
      case "unauthorized" -> Fault.unauthorized();
      case "without-date" -> Fault.withoutDate();
      default ->
          throw new IllegalArgumentException(
              "No fault "
                  + name
                  + "; there are status:N, delay:DURATION, cut:BYTES, hang, reset, html, garbage,"
                  + " unauthorized, without-date");
    };
  }

  /** How often each route was called; POST forgets them. */
  private ObjectNode requests(boolean post) {
    if (post) {
      log.clear();
    }
    Map<String, Integer> counts = new TreeMap<>();
    log.all().forEach(seen -> counts.merge(seen.route(), 1, Integer::sum));
    ObjectNode answer = Json.object();
    counts.forEach(answer::put);
    return answer;
  }

  static String required(Request request, String parameter) {
    @Nullable String value = request.first(parameter);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("The parameter " + parameter + " is missing");
    }
    return value;
  }

  static Response refused(int status, String why) {
    return Response.json(status, Body.of(Json.object().put("success", false).put("error", why)));
  }
}
