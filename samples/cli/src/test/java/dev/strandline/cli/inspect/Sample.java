package dev.strandline.cli.inspect;

import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Told;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a store with whatever a page has to show, straight through the store. */
final class Sample {
  static final RoomId SQUARE = new RoomId("square");
  static final RoomId HOSTILE = new RoomId("hostile");

  /** Now, by every clock of the sample. */
  static final long NOW = Instant.parse("2025-10-09T12:00:00Z").toEpochMilli();

  static final long MINUTE = 60_000;
  static final long DAY = 24 * 60 * MINUTE;

  /** Everything that tries to become more than text. */
  static final List<String> TEXTS =
      List.of(
          "<script>window.owned = 1</script>",
          "</script><script>window.owned = 2</script>",
          "<img src=x onerror=\"window.owned = 3\">",
          "<svg onload=\"window.owned = 4\"><animate onbegin=\"window.owned = 5\"></svg>",
          "[a link](javascript:window.owned=6) <a href=\"javascript:window.owned=7\">here</a>",
          "<style>body { display: none }</style><link rel=stylesheet href=//evil.example/x.css>",
          "<iframe srcdoc=\"<script>parent.owned = 8</script>\"></iframe>",
          "<form action=//evil.example><button autofocus onfocus=\"window.owned = 9\">x</form>",
          "{{constructor.constructor('window.owned = 10')()}} ${window.owned = 11} <%= 12 %>",
          "<meta http-equiv=refresh content=\"0;url=//evil.example\"><base href=//evil.example>",
          "&lt;script&gt;window.owned = 13&lt;/script&gt; &#60;b&#62;",
          "<!-- --><![CDATA[<script>window.owned = 14</script>]]>",
          "' onmouseover='window.owned = 15' x=' \" onclick=\"window.owned = 16",
          "invoice_\u202Efdp.exe \u2066isolated\u2069 \u200Ezero\u200Bwidth\uFEFF",
          "bell\u0007 escape\u001B[2J null\u0000 line\u2028separator",
          "Z\u0310\u0311\u0312\u0313\u0314a\u0315\u0316\u0317\u0318l\u0319\u031A\u031Bg\u031C\u031Do",
          "family \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 and half \uD83D of a pair",
          "\u05E9\u05DC\u05D5\u05DD, \u0645\u0631\u062D\u0628\u0627 and back",
          "one line\n  two lines\n\n\tand a tab",
          "long: " + "0123456789abcdef".repeat(65_536));

  private static final List<Tombstone.Reason> REASONS = List.of(Tombstone.Reason.values());

  private Sample() {}

  /** A store with a sound room, a hostile one, and one room of each other state. */
  static void fill(Path file) {
    try (SqliteStore store =
        SqliteStore.builder().searchIndexing(SqliteStore.SearchIndexing.ON).open(file)) {
      store.write(
          writer -> {
            writer.putOwner(new StoreOwner("ada@chat.example.org", "workspace-1"));
            square(writer);
            hostile(writer);
            others(writer);
            SampleJournal.write(writer);
            return true;
          });
    }
  }

  private static void square(StoreWriter writer) {
    writer.putRoom(room(SQUARE, "square", NOW - 5 * MINUTE));
    writer.putRoomState(complete(SQUARE, NOW - 2 * MINUTE));
    for (int i = 0; i < 240; i++) {
      // Seven share each millisecond, so that pages end inside one.
      writer.putMessage(
          message(SQUARE, "m%03d".formatted(i), NOW - 5 * MINUTE - (240 - i) / 7, "number " + i),
          Origin.ROOM);
    }
    Message edited =
        of(
            SQUARE,
            "edited",
            NOW - 4 * MINUTE,
            "better words",
            ",\"editedAt\":\"2025-10-09T11:59:00.000Z\",\"editedBy\":{\"username\":\"ben\"}",
            null);
    writer.putMessage(edited, Origin.ROOM);
    for (int root = 0; root < 60; root++) {
      Message first = message(SQUARE, "root" + root, NOW - DAY + root, "thread number " + root);
      writer.putMessage(first, Origin.ROOM);
      for (int i = 0; i <= root % 3; i++) {
        long at = NOW - DAY + MINUTE + (root / 2) * 10L;
        writer.putMessage(
            of(SQUARE, "reply" + root + "-" + i, at + i, "a reply", "", first.id()), Origin.ROOM);
      }
    }
    for (int i = 0; i < 230; i++) {
      Tombstone.Reason reason = REASONS.get(i % 3);
      writer.putTombstone(
          SQUARE,
          new Tombstone(
              new MessageId("gone%03d".formatted(i)),
              new ServerTime(NOW - 3 * MINUTE + i / 5),
              reason));
    }
    writer.putScopeRun(run(Scope.room(SQUARE), "complete", 3, null));
  }

  private static void hostile(StoreWriter writer) {
    writer.putRoom(room(HOSTILE, "<img src=x onerror='window.owned=20'>\u202Egnp", NOW - DAY));
    writer.putRoomState(complete(HOSTILE, NOW - MINUTE));
    for (int i = 0; i < TEXTS.size(); i++) {
      writer.putMessage(message(HOSTILE, "h" + i, NOW - DAY + i, TEXTS.get(i)), Origin.ROOM);
    }
    writer.putMessage(
        message(HOSTILE, "\"><script>window.owned=21</script>", NOW - DAY + 100, "a hostile id"),
        Origin.ROOM);
    for (int i = 0; i < 55; i++) {
      writer.quarantine(
          HOSTILE,
          new Unreadable(
              i == 0 ? new MessageId("odd") : null,
              "{\"msg\":\"<script>window.owned=22</script>\",\"n\":" + i + "}",
              "no date <script>window.owned=23</script>"),
          Instant.ofEpochMilli(NOW - i / 4));
    }
    writer.putScopeRun(
        run(Scope.room(HOSTILE), "failed", 9, "broke off <script>window.owned=24</script>"));
  }

  /** A room of each state that is not sound, and enough of them for three pages. */
  private static void others(StoreWriter writer) {
    RoomId partly = new RoomId("partly");
    writer.putRoom(room(partly, "partly", NOW - 3 * DAY));
    writer.putMessage(message(partly, "p1", NOW - 400 * DAY, "long ago"), Origin.ROOM);
    writer.putMessage(message(partly, "p2", NOW - 3 * DAY, "lately"), Origin.ROOM);
    writer.putRoomState(
        RoomState.anchoredAt(partly, new ServerTime(NOW - DAY))
            .withHistory(Reach.downTo(new ServerTime(NOW - 30 * DAY)))
            .claimed(
                new ServerTime(NOW - 2 * 60 * MINUTE),
                Told.at(new ServerTime(NOW - 2 * 60 * MINUTE))));
    RoomId stale = new RoomId("stale");
    writer.putRoom(room(stale, "stale", NOW - 60 * DAY));
    writer.putMessage(message(stale, "s1", NOW - 200 * DAY, "before"), Origin.ROOM);
    writer.putRoomState(
        complete(stale, NOW - 40 * DAY).distrusted(Coverage.Cause.TOMBSTONES_EXPIRED));
    writer.putRoom(room(new RoomId("never"), "never", NOW - 90 * DAY));
    for (int i = 0; i < 110; i++) {
      RoomId id = new RoomId("r%03d".formatted(i));
      // Three rooms share each name and each time.
      writer.putRoom(room(id, "Room " + i / 3, NOW - 10 * DAY - i / 3));
      writer.putRoomState(complete(id, NOW - 5 * MINUTE - i / 3));
      writer.putScopeRun(run(Scope.room(id), i % 2 == 0 ? "complete" : "partial", i, null));
    }
  }

  static Room room(RoomId id, String name, long lastMessageAt) {
    return Room.builder(id)
        .name(name)
        .type(RoomType.CHANNEL)
        .membership(Membership.MEMBER)
        .lastMessageAt(new ServerTime(lastMessageAt))
        .roomJson("{\"_id\":\"" + id + "\"}")
        .build();
  }

  static RoomState complete(RoomId id, long asOf) {
    ServerTime at = new ServerTime(asOf);
    FeedPosition position = FeedPosition.anchoredAt(at);
    return RoomState.anchoredAt(id, new ServerTime(asOf - DAY))
        .withUpdated(position)
        .withDeleted(position)
        .withHistory(Reach.beginning(null))
        .claimed(at, Told.at(at));
  }

  static Message message(RoomId room, String id, long sentAt, String text) {
    return of(room, id, sentAt, text, "", null);
  }

  private static Message of(
      RoomId room, String id, long sentAt, String text, String more, @Nullable MessageId thread) {
    ServerTime at = new ServerTime(sentAt);
    String json =
        "{\"_id\":%s,\"rid\":\"%s\",\"msg\":%s,\"ts\":\"%s\",\"_updatedAt\":\"%s\",\"u\":{\"username\":\"ben\"}%s%s}"
            .formatted(
                quoted(id),
                room,
                quoted(text),
                at,
                at,
                thread == null ? "" : ",\"tmid\":\"" + thread + "\"",
                more);
    return Message.builder(new MessageId(id), room, at, at, json)
        .author("ben-id", "ben")
        .text(text)
        .thread(thread)
        .build();
  }

  /** As JSON, with every character that has to be escaped as an escape. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      json.append(
          c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)
              ? "\\u%04x".formatted((int) c)
              : String.valueOf(c));
    }
    return json.append('"').toString();
  }

  private static ScopeRun run(
      Scope scope, String outcome, int requests, @Nullable String errorMessage) {
    return new ScopeRun(
        scope,
        Instant.ofEpochMilli(NOW - requests / 3),
        outcome,
        requests,
        errorMessage == null ? null : "malformed-response",
        errorMessage,
        null);
  }
}
