package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@code chat.syncMessages} answers (facts 1). Serves one answer. */
final class FeedReading implements Reading<FeedAnswer> {
  private final RoomId room;
  private final @Nullable String direction;
  private final ChangeSink sink;
  private final Set<String> awaited = new TreeSet<>();
  private boolean hasResult;
  private boolean hasCursor;
  private @Nullable ServerTime continuation;

  /**
   * @param feeds which were asked for: the answer has to list each
   * @param direction which of the cursors goes on from here, {@code "next"} or {@code "previous"};
   *     null for a question without cursors
   */
  FeedReading(RoomId room, Set<Feed> feeds, @Nullable String direction, ChangeSink sink) {
    this.room = room;
    this.direction = direction;
    this.sink = sink;
    // The lists are called as the feeds are.
    feeds.forEach(feed -> awaited.add(feed.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public FeedAnswer read(JsonBody body, Asked asked) throws IOException {
    body.root(name -> envelope(body, name));
    if (!hasResult) {
      throw body.malformed("/result", "it is missing");
    }
    if (direction != null && !hasCursor) {
      throw new CursorUnsupportedException(
          "The server answered chat.syncMessages without a cursor, so it has none (before 7.1).");
    }
    body.demandNone("/result/", awaited);
    return new FeedAnswer(
        asked.at(), asked.answeredAt(), asked.confirmed(), continuation, body.bytes());
  }

  private boolean envelope(JsonBody body, String name) throws IOException {
    switch (name) {
      case "result" -> {
        hasResult = true;
        body.object(inner -> result(body, inner));
      }
      case "success" -> body.success();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean result(JsonBody body, String name) throws IOException {
    awaited.remove(name);
    switch (name) {
      case "updated" -> body.array(() -> entry(body).live(sink));
      case "deleted" -> body.array(() -> entry(body).gone(sink));
      case "cursor" -> cursor(body);
      default -> {
        return false;
      }
    }
    return true;
  }

  private MessageEntry entry(JsonBody body) throws IOException {
    return new MessageEntry(Document.read(body, MessageEntry.FIELDS), room, null);
  }

  private void cursor(JsonBody body) throws IOException {
    if (direction == null || body.isNull()) {
      body.parser().skipChildren();
      return;
    }
    hasCursor = true;
    body.object(
        name -> {
          if (!name.equals(direction)) {
            return false;
          }
          continuation = position(body);
          return true;
        });
  }

  private static @Nullable ServerTime position(JsonBody body) throws IOException {
    if (body.isNull()) {
      return null;
    }
    JsonParser parser = body.parser();
    boolean isScalar =
        parser.currentToken() == JsonToken.VALUE_STRING
            || parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    // The longest that is legal has 15 digits; more is not worth turning into a number.
    if (!isScalar || !parser.getText().matches("-?[0-9]{1,15}")) {
      throw body.malformed("milliseconds are expected");
    }
    long millis = Long.parseLong(parser.getText());
    if (millis > ServerTime.MAX.epochMilli()) {
      throw body.malformed("a time before the year 10000 is expected");
    }
    return ServerTime.ofEpochMilli(millis);
  }

  @Override
  public FeedAnswer refused(Refusal refusal, Asked asked) {
    if (refusal.is(400, ServerWords.NOT_ALLOWED)) {
      throw new RoomUnavailableException(room);
    }
    if (direction != null && isOldComplaint(refusal)) {
      throw new CursorUnsupportedException(
          "The server refuses chat.syncMessages with a cursor, so it has none (before 7.1): "
              + refusal.shown());
    }
    throw refusal.toException();
  }

  // R16: by how the server answers. A limit or an outage says nothing about cursors.
  private static boolean isOldComplaint(Refusal refusal) {
    return refusal.status() == 400
        && (ServerWords.OLD_COMPLAINTS.contains(refusal.errorType())
            || (ServerWords.SCHEMA_COMPLAINTS.contains(refusal.errorType())
                && refusal.text().contains(ServerWords.ADDITIONAL_PROPERTIES)));
  }
}
