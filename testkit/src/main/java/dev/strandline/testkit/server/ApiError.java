package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal on the way to an answer; becomes a response with {@code success: false}. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient ObjectNode body;

  private ApiError(int status, ObjectNode body) {
    super(body.toString(), null, false, false);
    this.status = status;
    this.body = body;
  }

  /** A refusal of the server's own kind: the code follows the reason in brackets. */
  static ApiError refused(String code, String reason) {
    return new ApiError(400, body(code, reason));
  }

  /** The same, with the method that refused among the details. */
  static ApiError refused(String code, String reason, String method) {
    ObjectNode body = body(code, reason);
    body.putObject("details").put("method", method);
    return new ApiError(400, body);
  }

  /** A {@code sort} that is none, which one helper refuses for all routes. */
  static ApiError sort(String text) {
    ObjectNode body =
        body("error-invalid-sort", "Invalid sort parameter provided: \"" + text + "\"");
    body.putObject("details").put("helperMethod", "parseJsonQuery");
    return new ApiError(400, body);
  }

  /** A room id that names no room of any kind: the code is all that is said. */
  static ApiError noSuchRoom() {
    return new ApiError(
        400, failure().put("error", "[invalid-channel]").put("errorType", "invalid-channel"));
  }

  private static ObjectNode body(String code, String reason) {
    return failure().put("error", reason + " [" + code + "]").put("errorType", code);
  }

  /** An exception that the server did not mean to throw: its text and no code. */
  static ApiError plain(String text) {
    return new ApiError(400, failure().put("error", text));
  }

  /** The refusal without a word that some routes give. */
  static ApiError silent() {
    return new ApiError(400, failure());
  }

  /** A parameter that the schema refuses; legacy and typed routes say it differently. */
  static ApiError schema(ServerForm form, String text) {
    return form.isTyped()
        ? new ApiError(400, failure().put("errorType", "error-invalid-params").put("error", text))
        : refused("invalid-params", text);
  }

  static ApiError notLoggedIn(ServerForm form) {
    String text = "You must be logged in to do this.";
    ObjectNode body = form == ServerForm.V6 ? Json.object() : failure().put("error", text);
    return new ApiError(401, body.put("status", "error").put("message", text));
  }

  static ApiError tooManyRequests(long seconds) {
    String text =
        "Error, too many requests. Please slow down. You must wait "
            + seconds
            + " seconds before trying this endpoint again. [error-too-many-requests]";
    return new ApiError(429, failure().put("error", text));
  }

  private static ObjectNode failure() {
    return Json.object().put("success", false);
  }

  int status() {
    return status;
  }

  /** The server's code; empty where it sends none. */
  String errorType() {
    return body.path("errorType").asText("");
  }

  String text() {
    return body.path("error").asText("");
  }

  Response response() {
    return Response.json(status, Body.of(body));
  }
}
