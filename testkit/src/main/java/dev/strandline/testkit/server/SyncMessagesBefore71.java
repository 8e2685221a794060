package dev.strandline.testkit.server;

import java.util.OptionalLong;

/**
 * {@code chat.syncMessages} before 7.1: {@code roomId} and {@code lastUpdate}; whatever else is
 * sent means nothing.
 */
final class SyncMessagesBefore71 {
  private SyncMessagesBefore71() {}

  static Response answer(Call call) {
    return SyncMessages.written(call, select(call));
  }

  static SyncMessages.Selection select(Call call) {
    String rid = call.parameter("roomId");
    String lastUpdate = call.parameter("lastUpdate");
    if (rid == null) {
      throw ApiError.refused(
          "error-roomId-param-not-provided", "The required \"roomId\" query param is missing.");
    }
    if (lastUpdate == null) {
      throw ApiError.refused(
          "error-lastUpdate-param-not-provided",
          "The required \"lastUpdate\" query param is missing.");
    }
    OptionalLong since = JavaScript.parseDate(lastUpdate);
    if (since.isEmpty()) {
      throw ApiError.refused(
          "error-roomId-param-invalid", "The \"lastUpdate\" query parameter must be a valid date.");
    }
    SyncMessages.requireAccess(call, rid);
    return SyncMessages.both(call, rid, since.getAsLong());
  }
}
