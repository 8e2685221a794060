package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonToken;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.ListingAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what {@code channels.messages}, {@code groups.messages} and {@code im.messages} answer
 * (facts 3.4). Serves one answer.
 *
 * <p>A row that cannot be understood makes the answer useless: its place in the order is what was
 * asked for.
 */
final class ListingReading implements Reading<Optional<ListingAnswer>> {
  private static final Set<String> FIELDS = Set.of("_id", "rid", "ts", "_updatedAt", "_hidden");

  private final RoomId room;
  private final List<ListingAnswer.Row> rows = new ArrayList<>();
  private boolean hasRows;
  private long total = -1;

  ListingReading(RoomId room) {
    this.room = room;
  }

  @Override
  public Optional<ListingAnswer> read(JsonBody body, Asked asked) throws IOException {
    body.root(name -> envelope(body, name));
    if (!hasRows || total < 0) {
      throw body.malformed(hasRows ? "/total" : "/messages", "it is missing");
    }
    return Optional.of(new ListingAnswer(rows, total));
  }

  private boolean envelope(JsonBody body, String name) throws IOException {
    switch (name) {
      case "messages" -> {
        hasRows = true;
        body.array(() -> add(body, Document.read(body, FIELDS)));
      }
      case "total" -> {
        if (body.parser().currentToken() != JsonToken.VALUE_NUMBER_INT) {
          throw body.malformed("a whole number is expected");
        }
        total = body.parser().getLongValue();
      }
      case "success" -> body.success();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(JsonBody body, Document document) {
    String flaw = document.flaw();
    String problem = flaw == null ? Identifiers.problem(document, "_id") : flaw;
    ServerTime sentAt = document.time("ts");
    ServerTime updatedAt = document.time("_updatedAt");
    if (problem != null || sentAt == null || updatedAt == null) {
      throw body.malformed("/messages", problem != null ? problem : "a date is missing");
    }
    if (document.has("rid") && !room.value().equals(document.text("rid"))) {
      throw body.malformed("/messages", "a message of another room is listed");
    }
    rows.add(
        new ListingAnswer.Row(
            new MessageId(Identifiers.text(document, "_id")),
            sentAt,
            updatedAt,
            document.isTrue("_hidden")));
  }

  /** A route that is not there, or not for this room or this account, is no failure: do without. */
  @Override
  public Optional<ListingAnswer> refused(Refusal refusal, Asked asked) {
    switch (refusal.status()) {
      case 400, 403, 404, 405 -> {
        return Optional.empty();
      }
      default -> throw refusal.toException();
    }
  }
}
