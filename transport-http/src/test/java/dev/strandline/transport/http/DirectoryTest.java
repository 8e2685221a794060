package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes about rooms, single messages and settings. */
class DirectoryTest extends WireTest {
  private static final String SUBSCRIPTIONS = "/api/v1/subscriptions.get";
  private static final String ROOMS = "/api/v1/rooms.get";
  private static final String MESSAGE = "/api/v1/chat.getMessage";
  private static final String SETTINGS = "/api/v1/settings.public";
  private static final ServerTime AT = ServerTime.ofEpochMilli(1_760_000_000_000L);

  @Test
  void subscriptionsAreOfRooms() {
    String entry =
        "{\"_id\":\"S1\", \"rid\":\"R1\",\"name\":\"ada\",\"fname\":\"Ada L.\",\"t\":\"d\","
            + "\"unread\":3,\"_updatedAt\":\"2025-10-09T08:53:20.000Z\",\"ls\":null}";
    answer(
        SUBSCRIPTIONS,
        ok(
            "{\"update\":["
                + entry
                + "],\"remove\":[{\"_id\":\"S2\",\"_deletedAt\":\"2025-10-09T08:53:20.000Z\"},"
                + "{\"_id\":\"S3\"},{}],\"success\":true}"));
    DirectoryAnswer answer = transport.subscriptions(AT, call);

    assertThat(answer.entries())
        .containsExactly(
            new DirectoryEntry("S1", new RoomId("R1"), "ada", RoomType.DIRECT, AT, null, 3, entry));
    assertThat(answer.removed()).containsExactly(new Removal("S2", AT), new Removal("S3", null));
    assertThat(answer.unreadable()).hasSize(1);
    server()
        .verify(
            getRequestedFor(
                urlEqualTo(SUBSCRIPTIONS + "?updatedSince=2025-10-09T08%3A53%3A20.000Z")));
  }

  @Test
  void roomsAreOfThemselves() {
    String room =
        "{\"_id\":\"R1\",\"name\":\"general\",\"t\":\"c\",\"lm\":\"2025-10-09T08:53:20.000Z\","
            + "\"lastMessage\":{\"_id\":\"m\",\"rid\":\"R9\"}}";
    String discussion =
        "{\"_id\":\"R2\",\"name\":\"x7Yz\",\"fname\":\"About boats\",\"prid\":\"R1\",\"t\":\"p\"}";
    answer(ROOMS, ok("{\"update\":[" + room + "," + discussion + "],\"remove\":[]}"));
    List<DirectoryEntry> entries = transport.rooms(null, call).entries();

    assertThat(entries.get(0))
        .isEqualTo(
            new DirectoryEntry(
                "R1", new RoomId("R1"), "general", RoomType.CHANNEL, null, AT, 0, room));
    assertThat(entries.get(1).name()).isEqualTo("About boats");
    server().verify(getRequestedFor(urlEqualTo(ROOMS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"success\":true}", "{\"update\":null}", "{\"remove\":[]}"})
  void anAnswerWithoutAListIsNotAnEmptyDirectory(String body) {
    answer(SUBSCRIPTIONS, ok(body));

    assertThatThrownBy(() -> transport.subscriptions(null, call))
        .isInstanceOfSatisfying(
            MalformedResponseException.class, e -> assertThat(e.pointer()).isEqualTo("/update"));
  }

  @Test
  void oddSubscriptionsAreKept() {
    answer(
        SUBSCRIPTIONS,
        ok(
            "{\"update\":[{\"_id\":\"S1\"},7,{\"_id\":\"S2\",\"rid\":\"R\",\"_updatedAt\":\"x\"}],"
                + "\"remove\":[]}"));

    assertThat(transport.subscriptions(null, call).unreadable())
        .extracting(entry -> entry.reason())
        .containsExactly("it has no rid", "it is not an object", "its _updatedAt is not a date");
  }

  @Test
  void aMessageIsAskedForByItsId() {
    answer(MESSAGE, ok("{\"message\":" + message("a+b") + ",\"success\":true}"));

    assertThat(transport.message(new MessageId("a+b"), call))
        .hasValueSatisfying(m -> assertThat(m.json()).isEqualTo(message("a+b")));
    server().verify(getRequestedFor(urlEqualTo(MESSAGE + "?msgId=a%2Bb")));
    assertThatThrownBy(() -> transport.message(new MessageId("other"), call))
        .isInstanceOf(MalformedResponseException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"success\":false}", "{\"success\":\"false\"}"})
  void aMessageThatIsNotThereIsAbsent(String body) {
    answer(MESSAGE, ok(body).withStatus(400));

    assertThat(transport.message(new MessageId("a"), call)).isEmpty();
  }

  @Test
  void aMessageOfARoomThatTheUserCannotSeeIsNotSaidToBeAbsent() {
    String refused =
        "{\"success\":false,\"error\":\"Not allowed [error-not-allowed]\","
            + "\"errorType\":\"error-not-allowed\"}";
    answer(MESSAGE, ok(refused).withStatus(400));

    assertThatThrownBy(() -> transport.message(new MessageId("a"), call))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> assertThat(e.errorType()).isEqualTo("error-not-allowed"));
  }

  @Test
  void aHiddenMessageIsAbsent() {
    answer(
        MESSAGE,
        ok("{\"message\":" + message("a").replace("{\"_id", "{\"_hidden\":true,\"_id") + "}"));

    assertThat(transport.message(new MessageId("a"), call)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"success\":false,\"error\":\"Cannot read properties of undefined\"}",
        "{\"success\":false,\"errorType\":\"invalid-params\",\"error\":\"x\"}",
        "{\"success\":false,\"error\":{\"code\":\"ECONNRESET\"}}",
        "{\"success\":false,\"error\":[\"must NOT have additional properties\"]}",
        "{\"success\":false,\"errors\":[\"too many headers\"]}",
        "{\"success\":false,\"message\":null}",
        "{\"status\":\"error\"}",
        "{\"code\":400,\"detail\":\"header too large\"}",
        "{\"status\":400,\"title\":\"Bad Request\"}",
        "{}",
        "<html>proxy</html>",
        ""
      })
  void anyOtherRefusalSaysNothingAboutTheMessage(String body) {
    answer(MESSAGE, ok(body).withStatus(400));

    assertThatThrownBy(() -> transport.message(new MessageId("a"), call))
        .isInstanceOf(ServerErrorException.class);
  }

  @Test
  void aMessageThatCannotBeUnderstoodIsAFailure() {
    answer(MESSAGE, ok("{\"message\":{\"_id\":\"a\"},\"success\":true}"));

    assertThatThrownBy(() -> transport.message(new MessageId("a"), call))
        .isInstanceOfSatisfying(
            MalformedResponseException.class, e -> assertThat(e.pointer()).isEqualTo("/message"));
  }

  @Test
  void settingsAreTakenAsTheyAreAndAbsentOnesAreUnknown() {
    answer(
        SETTINGS,
        ok("{\"settings\":[{\"_id\":\"Other\",\"value\":{\"x\":1}},"
                + "{\"_id\":\"uniqueID\",\"value\":\"abc\"},"
                + "{\"_id\":\"Message_KeepHistory\",\"value\":true},"
                + "{\"_id\":\"Threads_enabled\",\"value\":\"odd\"}],"
                + "\"count\":4,\"offset\":0,\"total\":4,\"success\":true}")
            .withHeader("Date", "Thu, 09 Oct 2025 08:53:20 GMT"));

    assertThat(transport.facts(call))
        .isEqualTo(new ServerFacts(AT, false, "abc", true, null, null));
    server()
        .verify(
            getRequestedFor(
                urlEqualTo(
                    SETTINGS
                        + "?_id=uniqueID%2CMessage_KeepHistory%2CMessage_ShowDeletedStatus"
                        + "%2CThreads_enabled&count=0")));
  }

  @Test
  void aServerThatRefusesToTellItsSettingsLeavesThemUnknown() {
    answer(
        SETTINGS,
        ok("{\"success\":false,\"error\":\"must NOT have additional properties\"}")
            .withStatus(400)
            .withHeader("Date", "Thu, 09 Oct 2025 08:53:20 GMT"));

    assertThat(transport.facts(call)).isEqualTo(new ServerFacts(AT, false, null, null, null, null));
  }
}
