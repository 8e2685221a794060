package dev.strandline.transport.http.internal;

import static dev.strandline.transport.http.internal.Answers.deleted;
import static dev.strandline.transport.http.internal.Answers.message;
import static dev.strandline.transport.http.internal.Answers.room;
import static dev.strandline.transport.http.internal.Answers.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.transport.http.internal.Answers.Held;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R14: what cannot be understood is kept with the reason, and the rest of its page is applied. */
class UnreadableTest {
  private static final String DATES =
      "\"ts\":\"2025-10-09T09:10:00.000Z\",\"_updatedAt\":\"2025-10-09T09:10:00.037Z\"";

  static Stream<Arguments> oddMessages() {
    return Stream.of(
        Arguments.of("{\"rid\":\"R1\"," + DATES + "}", "it has no _id"),
        Arguments.of("{\"_id\":\"\",\"rid\":\"R1\"," + DATES + "}", "its _id is empty"),
        Arguments.of("{\"_id\":17,\"rid\":\"R1\"," + DATES + "}", "its _id is not text"),
        Arguments.of(
            "{\"_id\":\"" + "x".repeat(513) + "\",\"rid\":\"R1\"," + DATES + "}",
            "its _id is too long: 513 characters"),
        Arguments.of(
            "{\"_id\":\"\\ud800\",\"rid\":\"R1\"," + DATES + "}",
            "its _id holds half a surrogate pair"),
        Arguments.of(
            "{\"_id\":\"a\",\"rid\":\"R1\",\"_updatedAt\":\"2025-10-09T09:10:00.037Z\"}",
            "it has no ts"),
        Arguments.of(
            "{\"_id\":\"a\",\"rid\":\"R1\",\"ts\":\"2025-10-09T09:10:00.037Z\"}",
            "it has no _updatedAt"),
        Arguments.of(withStamp("\"yesterday\""), "its _updatedAt is not a date"),
        Arguments.of(withStamp("\"2025-13-09T09:10:00.037Z\""), "its _updatedAt is not a date"),
        Arguments.of(withStamp("\"2025-10-09T25:10:00.037Z\""), "its _updatedAt is not a date"),
        Arguments.of(withStamp("-1"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("\"1760001000037\""), "its _updatedAt is not a date"),
        Arguments.of(withStamp("9467085600000000"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("1e300"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("17600010000370000000000000"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("{\"$date\":-999999999999999}"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("\"-000001-10-09T09:10:00.037Z\""), "its _updatedAt is not a date"),
        Arguments.of(withStamp("null"), "it has no _updatedAt"),
        Arguments.of(withStamp("{\"$date\":\"soon\"}"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("{\"$date\":999999999999999}"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("{\"date\":1}"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("[1760001000037]"), "its _updatedAt is not a date"),
        Arguments.of(withStamp("\"+99999-10-09T09:10:00.037Z\""), "its _updatedAt is not a date"),
        Arguments.of(
            "{\"_id\":\"a\",\"rid\":\"R2\"," + DATES + "}",
            "it belongs to another room than the one asked about"),
        Arguments.of("{\"_id\":\"a\"," + DATES + "}", "it has no rid"),
        Arguments.of(message("a", ",\"tmid\":5"), "its tmid is not text"),
        Arguments.of(
            message("a", ",\"deep\":" + "[".repeat(600) + "]".repeat(600)),
            "it is nested too deeply: 601 levels"));
  }

  private static String withStamp(String stamp) {
    return "{\"_id\":\"a\",\"rid\":\"R1\",\"ts\":\"2025-10-09T09:10:00.000Z\",\"_updatedAt\":"
        + stamp
        + "}";
  }

  @ParameterizedTest
  @MethodSource("oddMessages")
  void r14_anOddMessageIsKeptWithTheReasonAndItsNeighboursAreApplied(String odd, String reason) {
    Held held = room(updated(message("before", ""), odd, message("after", "")));

    assertThat(held.messages).extracting(m -> m.id().value()).containsExactly("before", "after");
    assertThat(held.unreadable).hasSize(1);
    assertThat(held.unreadable.get(0).json()).isEqualTo(odd);
    assertThat(held.unreadable.get(0).reason()).isEqualTo(reason);
  }

  @Test
  void r14_anUnreadableMessageIsKnownByItsIdWhereItHasOne() {
    assertThat(room(updated(withStamp("\"x\""))).unreadable.get(0).id())
        .isEqualTo(new MessageId("a"));
    assertThat(room(updated("{}")).unreadable.get(0).id()).isNull();
  }

  @Test
  void r14_anUnreadableMessageWasNotWrittenBeforeItWasSent() {
    ServerTime sent = ServerTime.ofEpochMilli(1_760_001_000_000L);
    assertThat(room(updated(withStamp("\"x\""))).unreadable.get(0).updatedAt()).isEqualTo(sent);
    assertThat(
            room(updated("{\"_id\":\"a\",\"rid\":7," + DATES + "}")).unreadable.get(0).updatedAt())
        .isEqualTo(ServerTime.ofEpochMilli(1_760_001_000_037L));
    assertThat(room(updated("{\"_id\":\"a\"}")).unreadable.get(0).updatedAt()).isNull();
  }

  @Test
  void r14_aTombstoneWithoutIdOrDateIsKept() {
    Held held =
        room(
            deleted(
                "{\"_deletedAt\":\"2025-10-09T09:26:40.071Z\"}",
                "{\"_id\":\"a\"}",
                "{\"_id\":\"b\",\"_deletedAt\":\"x\"}",
                "{\"_id\":\"c\",\"_deletedAt\":\"2025-10-09T09:26:40.071Z\",\"rid\":\"R2\"}",
                "\"d\"",
                "{\"_id\":\"e\",\"_deletedAt\":{\"$date\":1760002000071}}"));

    assertThat(held.unreadable).hasSize(5);
    assertThat(held.tombstones)
        .containsExactly(
            Tombstone.deleted(new MessageId("e"), ServerTime.ofEpochMilli(1_760_002_000_071L)));
  }

  /** Reads where a message may have 4,096 bytes. */
  private static Held bounded(String answer) {
    return room(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), 4096);
  }

  @Test
  void r14_aMessageBeyondTheBoundIsNotedAndTheRestIsRead() {
    String huge = message("huge", ",\"parts\":[" + "\"0123456789\",".repeat(200_000) + "1]");
    Held held = bounded(updated(message("before", ""), huge, message("after", "")));

    assertThat(held.messages)
        .extracting(Message::json)
        .containsExactly(message("before", ""), message("after", ""));
    assertThat(held.unreadable.get(0).id()).isEqualTo(new MessageId("huge"));
    assertThat(held.unreadable.get(0).json())
        .isEqualTo("{\"_id\":\"huge\",\"bytes\":" + huge.length() + ",\"truncated\":true}");
    assertThat(held.unreadable.get(0).reason()).contains("too long").contains("" + huge.length());
  }

  @Test
  void r14_aTextBeyondTheBoundDoesNotSpoilTheRestOfItsPage() {
    for (int length : new int[] {5_000, 500_000, 3_000_000}) {
      String huge = message("huge", ",\"msg\":\"" + "long ".repeat(length / 5) + "\"");
      Held held = bounded(updated(message("before", ""), huge, message("after", "")));

      assertThat(held.messages)
          .extracting(Message::json)
          .containsExactly(message("before", ""), message("after", ""));
      assertThat(held.unreadable).extracting(Unreadable::id).containsExactly(new MessageId("huge"));
    }
  }

  @Test
  void r14_messagesBeyondTheBoundThatAreEquallyLongAreNotedApart() {
    String filler = ",\"parts\":[" + "\"0123456789\",".repeat(1_000) + "1]";
    Held held = bounded(updated(message("a", filler), message("b", filler)));

    assertThat(held.unreadable).extracting(Unreadable::json).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$date\":1760001000037}",
        "{\"$date\":\"2025-10-09T09:10:00.037Z\"}",
        "{\"$date\":{},\"$date\":1760001000037}",
        "1760001000037",
        "1760001000037.9",
        "1.760001000037E12"
      })
  void datesOfOtherProtocolsAndOfImportersAreUnderstood(String stamp) {
    ServerTime meant = ServerTime.ofEpochMilli(1_760_001_000_037L);
    Message message = room(updated(withStamp(stamp))).messages.get(0);
    assertThat(message.updatedAt()).isEqualTo(meant);
    assertThat(message.json()).isEqualTo(withStamp(stamp).replace("\"$date\":{},", ""));
    assertThat(room(deleted("{\"_id\":\"a\",\"_deletedAt\":" + stamp + "}")).tombstones)
        .containsExactly(Tombstone.deleted(new MessageId("a"), meant));
  }

  @Test
  void unusualButLegalDatesAreUnderstood() {
    for (String date :
        new String[] {
          "1969-12-31T23:59:59.999Z",
          "2024-02-29T00:00:00Z",
          "2025-10-09T11:10:00.037+02:00",
          "9999-12-31T23:59:59.999Z",
          "0001-01-01T00:00:00.000Z"
        }) {
      assertThat(IsoDate.parse(date)).as(date).isNotNull();
    }
    assertThat(IsoDate.parse("2025-10-09T11:10:00.037+02:00"))
        .isEqualTo(IsoDate.parse("2025-10-09T09:10:00.037Z"));
    assertThat(IsoDate.parse("2023-02-29T00:00:00.000Z")).isNull();
    assertThat(IsoDate.parse("2023-02-28T00:00:60.000Z")).isNull();
  }

  @Test
  void wrongTypesInFieldsThatAreNotNeededDoNoHarm() {
    Message message =
        room(updated(
                message(
                    "a",
                    ",\"msg\":5,\"t\":{},\"u\":\"ada\",\"tcount\":\"many\",\"tlm\":false,"
                        + "\"_hidden\":0,\"tmid\":\"\"")))
            .messages
            .get(0);

    assertThat(message.text()).isEmpty();
    assertThat(message.type()).isNull();
    assertThat(message.authorId()).isNull();
    assertThat(message.replyCount()).isZero();
    assertThat(message.lastReplyAt()).isNull();
    assertThat(message.thread()).isNull();
  }

  @Test
  void fieldsAreTakenFromTheMessageAndNotFromWhatIsNestedInIt() {
    Message message =
        room(updated(
                message(
                    "a",
                    ",\"msg\":\"mine\",\"attachments\":[{\"_id\":\"q\",\"msg\":\"quoted\","
                        + "\"ts\":\"2001-01-01T00:00:00.000Z\",\"u\":{\"_id\":\"other\"}}],"
                        + "\"u\":{\"_id\":\"u1\",\"username\":\"ada\",\"x\":{\"_id\":\"no\"}},"
                        + "\"editedBy\":{\"_id\":\"u2\",\"username\":\"eve\"},"
                        + "\"tcount\":3,\"tlm\":\"2025-10-09T09:12:00.000Z\"")))
            .messages
            .get(0);

    assertThat(message.id()).isEqualTo(new MessageId("a"));
    assertThat(message.text()).isEqualTo("mine");
    assertThat(message.authorId()).isEqualTo("u1");
    assertThat(message.authorName()).isEqualTo("ada");
    assertThat(message.replyCount()).isEqualTo(3);
    assertThat(message.lastReplyAt()).hasToString("2025-10-09T09:12:00.000Z");
  }

  @Test
  void ofAKeyThatOccursTwiceTheLastCounts() {
    Message message =
        room(updated(message("a", ",\"msg\":\"1\",\"msg\":\"2\",\"u\":{\"_id\":\"x\"},\"u\":{}")))
            .messages
            .get(0);

    assertThat(message.text()).isEqualTo("2");
    assertThat(message.authorId()).isNull();
  }

  @Test
  void r13_aHiddenMessageIsATombstoneAtItsStamp() {
    Held held = room(updated(message("a", ",\"_hidden\":true")));

    assertThat(held.messages).isEmpty();
    assertThat(held.tombstones)
        .containsExactly(
            new Tombstone(
                new MessageId("a"),
                ServerTime.ofEpochMilli(1_760_001_000_037L),
                Tombstone.Reason.HIDDEN));
  }

  @Test
  void r13_ofWhatAThreadSaysIsGoneOnlyIdAndTimeAreKept() {
    Held held =
        thread(
            "update",
            "remove",
            "{\"_id\":\"a\",\"msg\":\"secret words\",\"_deletedAt\":\"2025-10-09T09:26:40.071Z\"}",
            "{\"_id\":\"b\",\"msg\":\"secret words\"}");

    assertThat(held.tombstones).extracting(t -> t.id().value()).containsExactly("a");
    assertThat(held.unreadable.get(0).id()).isEqualTo(new MessageId("b"));
    assertThat(held.unreadable.get(0).json()).doesNotContain("secret words");
  }

  @Test
  void r13_aThreadsAnswerHoldsNothingButThatThread() {
    Held held =
        thread(
            "remove",
            "update",
            message("a", ",\"tmid\":\"T1\""),
            message("b", ",\"tmid\":\"T2\""),
            message("c", ""));

    assertThat(held.messages).extracting(m -> m.id().value()).containsExactly("a");
    assertThat(held.unreadable)
        .extracting(entry -> entry.reason())
        .containsExactly(
            "it belongs to another thread than the one asked about",
            "it does not say to which thread it belongs (tmid)");
  }

  private static Held thread(String empty, String filled, String... entries) {
    String body =
        "{\"messages\":{\""
            + empty
            + "\":[],\""
            + filled
            + "\":["
            + String.join(",", entries)
            + "]},\"success\":true}";
    Held held = new Held();
    held.answer =
        Answers.read(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
            Answers.NO_HEADERS,
            Answers.LIMIT,
            new ThreadReading(new MessageId("T1"), held));
    return held;
  }
}
