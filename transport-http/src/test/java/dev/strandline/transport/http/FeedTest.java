package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the sync routes, and what is made of their answers. */
class FeedTest extends WireTest {
  private static final String DATE = "Fri, 24 Sep 2021 19:20:00 GMT";
  private static final ServerTime DATE_TIME =
      ServerTime.ofEpochMilli(java.time.Instant.parse("2021-09-24T19:20:00Z").toEpochMilli());

  @Test
  void thePublishedExampleIsUnderstood() {
    answer(SYNC, ok(resource("sync-messages.json")));
    FeedAnswer answer = fetch(since());

    assertThat(answer.isCut()).isFalse();
    assertThat(answer.bytes()).isEqualTo(resource("sync-messages.json").length());
    assertThat(sink.unreadable).isEmpty();
    assertThat(sink.messages)
        .extracting(m -> m.id().value())
        .containsExactly("ak3WdaLbf4P7ZW3wQ", "2ttrNPABcCKbsbEtB");
    Message first = sink.messages.get(0);
    assertThat(first.room()).isEqualTo(ROOM);
    assertThat(first.sentAt()).hasToString("2021-09-24T19:19:47.911Z");
    assertThat(first.updatedAt()).hasToString("2021-09-24T19:19:48.048Z");
    assertThat(first.text()).isEqualTo("teste");
    assertThat(first.authorId()).isEqualTo("FWfHnJmcudrCagGDX");
    assertThat(first.authorName()).isEqualTo("555192857993");
    assertThat(first.type()).isNull();
    assertThat(first.thread()).isNull();
    assertThat(sink.messages.get(1).type()).isEqualTo("livechat-started");
    String body = resource("sync-messages.json");
    assertThat(sink.messages).allMatch(m -> body.contains(m.json()));
  }

  @Test
  void thePublishedThreadExampleIsUnderstood() {
    answer(THREAD, ok(resource("sync-thread-messages.json")));
    fetch(threadSince());

    assertThat(sink.all).hasSize(1);
    assertThat(sink.messages.get(0).thread()).isEqualTo(ROOT);
    assertThat(sink.messages.get(0).room()).isEqualTo(new RoomId("GENERAL"));
  }

  @Test
  void eachQuestionIsAskedWithItsOwnParametersAndNoOther() {
    answer(SYNC, ok(EMPTY_PAGE));
    answer(THREAD, ok("{\"messages\":{\"update\":[],\"remove\":[]},\"success\":true}"));
    ServerTime at = ServerTime.ofEpochMilli(1_760_000_000_000L);
    fetch(new FeedQuery.Forward(ROOM, Feed.UPDATED, at, 50));
    fetch(new FeedQuery.Forward(ROOM, Feed.DELETED, at, 7));
    fetch(new FeedQuery.Backward(ROOM, at, 9));
    fetch(new FeedQuery.Since(ROOM, at));
    fetch(new FeedQuery.ThreadSince(ROOT, at));

    String room = SYNC + "?roomId=5qW6ssMFyzWjJev69";
    for (String url :
        new String[] {
          room + "&type=UPDATED&next=1760000000000&count=50",
          room + "&type=DELETED&next=1760000000000&count=7",
          room + "&type=UPDATED&previous=1760000000000&count=9",
          room + "&lastUpdate=2025-10-09T08%3A53%3A20.000Z",
          THREAD + "?tmid=hbs2ZAjHH2JXrP7C7&updatedSince=2025-10-09T08%3A53%3A20.000Z"
        }) {
      server()
          .verify(
              1,
              getRequestedFor(urlEqualTo(url))
                  .withHeader("X-User-Id", equalTo(USER))
                  .withHeader("X-Auth-Token", equalTo(TOKEN))
                  .withHeader("Accept-Encoding", equalTo("gzip")));
    }
    assertThat(call.sent).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a+b", "a&b=c", "a/b?c#d", "100%", "ümlaut", "日本", "🌊", "\"'<>", "a\nb"})
  void idsOfAnyCharactersArriveAsTheyAre(String id) {
    answer(SYNC, ok(EMPTY_PAGE));
    fetch(new FeedQuery.Since(new RoomId(id), ServerTime.EPOCH));

    assertThat(
            server().getAllServeEvents().get(0).getRequest().queryParameter("roomId").firstValue())
        .isEqualTo(id);
  }

  @Test
  void changesAreHandedOverInTheOrderOfTheAnswer() {
    answer(
        SYNC,
        ok(
            page(
                message("b") + "," + message("a"),
                "{\"_id\":\"x\",\"_deletedAt\":\"2025-10-09T09:26:40.071Z\"}",
                "null")));
    fetch(forward());

    assertThat(sink.messages).extracting(m -> m.id().value()).containsExactly("b", "a");
    assertThat(sink.all.get(2))
        .isEqualTo(
            Tombstone.deleted(
                new MessageId("x"),
                ServerTime.ofEpochMilli(
                    java.time.Instant.parse("2025-10-09T09:26:40.071Z").toEpochMilli())));
  }

  @ParameterizedTest
  @CsvSource({"\"1760001004037\"", "1760001004037"})
  void theCursorGoesOnWhereItSays(String next) {
    answer(SYNC, ok(page(message("a"), "", next)));

    assertThat(fetch(forward()).continuation()).isEqualTo(ServerTime.ofEpochMilli(1760001004037L));
    assertThat(fetch(new FeedQuery.Backward(ROOM, ServerTime.MAX, 1)).continuation()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"soon\"", "\"\"", "1.5", "true", "{}", "\"99999999999999999999\""})
  void aCursorThatIsNoTimeIsNotUnderstood(String next) {
    answer(SYNC, ok(page("", "", next)));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            MalformedResponseException.class,
            e -> assertThat(e.pointer()).isEqualTo("/result/cursor/next"));
  }

  // R16
  @Test
  void r16_anAnswerWithoutACursorShowsAServerWithoutCursors() {
    answer(SYNC, ok("{\"result\":{\"updated\":[],\"deleted\":[]},\"success\":true}"));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(CursorUnsupportedException.class);
    answer(SYNC, ok("{\"result\":{},\"success\":true}"));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(CursorUnsupportedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|deleted",
        "{\"messages\":[]}|deleted",
        "{\"updated\":[]}|deleted",
        "{\"deleted\":[],\"cursor\":null}|updated"
      })
  void r9_anUncutAnswerWithoutBothItsListsIsNotTakenForNoNews(String result, String missing) {
    answer(SYNC, ok("{\"result\":" + result + ",\"success\":true}"));
    assertMalformed(since(), "/result/" + missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"cursor\":{\"next\":null}}|UPDATED|updated",
        "{\"deleted\":[],\"cursor\":{\"next\":null}}|UPDATED|updated",
        "{\"updated\":[],\"cursor\":{\"next\":null}}|DELETED|deleted"
      })
  void r9_aPageWithoutTheListOfItsFeedIsNotTakenForTheLast(
      String result, Feed feed, String missing) {
    answer(SYNC, ok("{\"result\":" + result + ",\"success\":true}"));
    assertMalformed(new FeedQuery.Forward(ROOM, feed, ServerTime.EPOCH, 50), "/result/" + missing);
  }

  @Test
  void aPageNeedsNoListOfTheFeedThatWasNotAskedFor() {
    answer(
        SYNC, ok("{\"result\":{\"updated\":[],\"cursor\":{\"previous\":null}},\"success\":true}"));
    assertThat(fetch(forward()).isCut()).isFalse();
    assertThat(fetch(new FeedQuery.Backward(ROOM, ServerTime.MAX, 1)).isCut()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|remove",
        "{\"updated\":[],\"deleted\":[]}|remove",
        "{\"update\":[]}|remove",
        "{\"remove\":[]}|update"
      })
  void r13_aThreadsAnswerWithoutBothItsListsIsNotTakenForNoNews(String messages, String missing) {
    answer(THREAD, ok("{\"messages\":" + messages + ",\"success\":true}"));
    assertMalformed(threadSince(), "/messages/" + missing);
  }

  private void assertMalformed(FeedQuery query, String pointer) {
    assertThatThrownBy(() -> fetch(query))
        .isInstanceOfSatisfying(
            MalformedResponseException.class, e -> assertThat(e.pointer()).isEqualTo(pointer))
        .hasMessageContaining("it is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync-messages-400-2.json", "sync-messages-400-3.json"})
  void r16_theComplaintsOfServersWithoutCursorsAreKnown(String body) {
    answer(SYNC, ok(resource(body)).withStatus(400));

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(CursorUnsupportedException.class);
    assertThatThrownBy(() -> fetch(since())).isInstanceOf(ServerErrorException.class);
  }

  @Test
  void r16_aLimitOrAnOutageSaysNothingAboutCursors() {
    answer(SYNC, ok("{\"success\":false,\"error\":\"slow down\"}").withStatus(429));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(RateLimitedException.class);
    transport = builder().build();
    answer(SYNC, ok("<html>busy</html>").withStatus(503));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(ServerErrorException.class);
  }

  @Test
  void aRoomThatMayNotBeReadIsToldFromOtherRefusals() {
    answer(
        SYNC,
        ok("{\"success\":false,\"error\":\"Not allowed [error-not-allowed]\","
                + "\"errorType\":\"error-not-allowed\"}")
            .withStatus(400));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            RoomUnavailableException.class, e -> assertThat(e.room()).isEqualTo(ROOM));
  }

  @ParameterizedTest
  @CsvSource({
    "Threads Disabled [error-not-allowed],error-not-allowed,THREADS_OFF",
    "Not Allowed [error-not-allowed],error-not-allowed,NOT_ALLOWED",
    "Invalid Message [error-invalid-message],error-invalid-message,ROOT_GONE"
  })
  void r13_aThreadSaysWhyItHasNoFeed(String error, String type, Reason reason) {
    answer(
        THREAD,
        ok("{\"success\":false,\"error\":\"" + error + "\",\"errorType\":\"" + type + "\"}")
            .withStatus(400));
    assertThatThrownBy(() -> fetch(threadSince()))
        .isInstanceOfSatisfying(
            ThreadUnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  // R6
  @Test
  void r6_theMomentOfAskingIsTheServersDateLessTheTimeTheAnswerTook() {
    TestClock slow =
        new TestClock() {
          @Override
          public long nanoTime() {
            advance(Duration.ofMillis(1500));
            return super.nanoTime();
          }
        };
    transport = builder().clock(slow).build();
    answer(SYNC, ok(EMPTY_PAGE).withHeader("Date", DATE));

    assertThat(fetch(forward()).askedAt()).isEqualTo(DATE_TIME.minus(Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "", "2021-09-24T19:20:00Z"})
  void r6_withoutAUsableDateTheMomentOfAskingIsUnknown(String date) {
    answer(SYNC, ok(EMPTY_PAGE).withHeader("Date", date));

    assertThat(fetch(forward()).askedAt()).isNull();
  }
}
