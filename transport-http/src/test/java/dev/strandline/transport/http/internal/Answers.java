package dev.strandline.transport.http.internal;

import dev.strandline.error.SyncCancelledException;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Reads bodies without a network. */
final class Answers {
  static final RoomId ROOM = new RoomId("R1");
  static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
  static final int LIMIT = 64 * 1024;

  private Answers() {}

  /** What a body held. */
  static final class Held implements ChangeSink {
    final List<Message> messages = new ArrayList<>();
    final List<Tombstone> tombstones = new ArrayList<>();
    final List<Unreadable> unreadable = new ArrayList<>();
    FeedAnswer answer;

    @Override
    public void upsert(Message message) {
      messages.add(message);
    }

    @Override
    public void tombstone(Tombstone tombstone) {
      tombstones.add(tombstone);
    }

    @Override
    public void unreadable(Unreadable entry) {
      unreadable.add(entry);
    }
  }

  static final Call CALL =
      new Call() {
        @Override
        public void requestSent(String route) {}

        @Override
        public void pause(Duration duration, String reason) {
          throw new SyncCancelledException("no pause is expected");
        }

        @Override
        public void checkCancelled() {}
      };

  static Held room(String body) {
    return room(body.getBytes(StandardCharsets.UTF_8));
  }

  static Held room(byte[] body) {
    return room(new ByteArrayInputStream(body), LIMIT);
  }

  static Held room(InputStream body, int maxMessageBytes) {
    Held held = new Held();
    held.answer = read(body, NO_HEADERS, maxMessageBytes, uncut(held));
    return held;
  }

  /** Who reads an answer of both feeds. */
  static FeedReading uncut(ChangeSink sink) {
    return new FeedReading(ROOM, EnumSet.allOf(Feed.class), null, sink);
  }

  static <T> T read(InputStream body, HttpHeaders headers, int limit, Reading<T> reading) {
    return JsonBody.read(
        "chat.syncMessages",
        new Wire.Reply(200, headers, body, Duration.ZERO),
        new Secrets("planted-token"),
        new JsonBody.Format(limit),
        new Watch(CALL, () -> false),
        reading,
        new Asked(null, null, false));
  }

  static String updated(String... entries) {
    return lists(String.join(",", entries), "");
  }

  static String deleted(String... entries) {
    return lists("", String.join(",", entries));
  }

  private static String lists(String updated, String deleted) {
    return "{\"result\":{\"deleted\":["
        + deleted
        + "],\"updated\":["
        + updated
        + "]},\"success\":true}";
  }

  static String message(String id, String more) {
    return "{\"_id\":\""
        + id
        + "\",\"rid\":\"R1\",\"ts\":\"2025-10-09T09:10:00.000Z\","
        + "\"_updatedAt\":\"2025-10-09T09:10:00.037Z\""
        + more
        + "}";
  }
}
