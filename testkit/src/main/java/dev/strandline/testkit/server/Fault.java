package dev.strandline.testkit.server;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Something that goes wrong with one call. Armed with a {@link FaultPlan}. */
public sealed interface Fault {

  /**
   * An answer that somebody on the way gives in the server's place; the server never sees the call.
   */
  record Answer(Response response) implements Fault {}

  /** The server's own answer, changed on the way back. */
  record Rewrite(UnaryOperator<Response> change) implements Fault {}

  /**
   * The server's own answer, late. In process the workspace's clock is advanced instead of waiting.
   */
  record Delay(Duration by) implements Fault {}

  /** No answer at all, on a connection that stays open until the client gives up. */
  record Hang() implements Fault {}

  /** The connection is reset; the server never sees the call. */
  record Reset() implements Fault {}

  /** The body ends after so many bytes, although its length promised more. */
  record Cut(long bytes) implements Fault {}

  /** An answer with a status and a short JSON body without any code. */
  static Fault status(int status) {
    return answer(status, Response.JSON, "{\"success\":false,\"error\":\"armed fault\"}");
  }

  /** An answer of one's own. */
  static Fault answer(int status, String contentType, String body) {
    return new Answer(Response.of(status, contentType, Body.of(body)));
  }

  /** A proxy's page with status 200, where JSON should be. */
  static Fault html() {
    return answer(200, "text/html", "<!doctype html><title>Sign in to the network</title>");
  }

  /** Status 200 and JSON that breaks off in the middle of a text. */
  static Fault garbage() {
    return answer(200, Response.JSON, "{\"result\":{\"updated\":[{\"_id\":\"abc");
  }

  /** The session has ended: a 401 as from 7 on. */
  static Fault unauthorized() {
    return new Answer(ApiError.notLoggedIn(ServerForm.V7).response());
  }

  /** A proxy drops the {@code Date} header. */
  static Fault withoutDate() {
    return new Rewrite(response -> response.without("Date"));
  }

  /** The answer changed in any way, for example a field removed. */
  static Fault rewrite(UnaryOperator<Response> change) {
    return new Rewrite(change);
  }

  /** The answer comes late. */
  static Fault delay(Duration by) {
    return new Delay(by);
  }

  /** The answer never comes. */
  static Fault hang() {
    return new Hang();
  }

  /** The connection breaks before the answer. */
  static Fault reset() {
    return new Reset();
  }

  /** The connection breaks within the answer, after so many bytes of its body. */
  static Fault cut(long bytes) {
    return new Cut(bytes);
  }
}
