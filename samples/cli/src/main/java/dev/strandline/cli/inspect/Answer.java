package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type of the content
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String type, byte[] body) {
  private static final String JSON = "application/json; charset=utf-8";

  static Answer json(JsonObject json) {
    return new Answer(200, JSON, bytes(json));
  }

  /** A failure, as the page understands it. */
  static Answer failed(int status, String kind, String message) {
    JsonObject error = new JsonObject().put("kind", kind).put("message", message);
    return new Answer(status, JSON, bytes(new JsonObject().put("error", error)));
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
