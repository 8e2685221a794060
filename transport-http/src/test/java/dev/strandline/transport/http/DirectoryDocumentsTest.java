package dev.strandline.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Membership;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents of the directory say besides which room they are of, and how long they are.
 */
class DirectoryDocumentsTest extends WireTest {
  private static final String SUBSCRIPTIONS = "/api/v1/subscriptions.get";
  private static final String ROOMS = "/api/v1/rooms.get";

  private DirectoryEntry only(String path, String document) {
    answer(path, ok("{\"update\":[" + document + "],\"remove\":[]}"));
    List<DirectoryEntry> entries =
        (path.equals(ROOMS) ? transport.rooms(null, call) : transport.subscriptions(null, call))
            .entries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'',MEMBER",
    "',\"status\":\"INVITED\"',INVITED",
    "',\"status\":\"BANNED\"',BANNED",
    "',\"status\":\"LATER\"',MEMBER",
    "',\"status\":7',MEMBER",
    "',\"status\":null',MEMBER"
  })
  void r12_aSubscriptionSaysWhetherItsOwnerIsAMember(String field, Membership expected) {
    assertThat(only(SUBSCRIPTIONS, "{\"_id\":\"S\",\"rid\":\"R\"" + field + "}").membership())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"federated\":true",
        "\"federation\":{\"mrid\":\"!x:example\"}",
        "\"bridged\":true",
        "\"importIds\":[\"C1\"]"
      })
  void r9_aRoomWithMessagesOfOtherClocksSaysSo(String field) {
    assertThat(only(ROOMS, "{\"_id\":\"R\"," + field + "}").otherClocks()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"federated\":false", "\"federation\":null", "\"t\":\"c\""})
  void r9_aRoomOfThisServersOwnSaysNothingOfTheKind(String field) {
    assertThat(only(ROOMS, "{\"_id\":\"R\"," + field + "}").otherClocks()).isFalse();
  }

  @Test
  void r14_entriesThatCannotBeUsedAreHandedOnVerbatim() {
    String odd = "{\"_id\":\"S\", \"rid\":\"" + "z".repeat(600) + "\"}";
    answer(SUBSCRIPTIONS, ok("{\"update\":[" + odd + ",{\"rid\":\"R\"},[1]],\"remove\":[]}"));
    List<Unreadable> unreadable = transport.subscriptions(null, call).unreadable();
    assertThat(unreadable)
        .extracting(Unreadable::json)
        .containsExactly(odd, "{\"rid\":\"R\"}", "[1]");
    assertThat(unreadable).allMatch(entry -> entry.id() == null);
  }

  @Test
  void r14_entriesThatAreTooLongAndEquallyLongAreToldApart() {
    transport = builder().maxMessageBytes(1024).build();
    String topic = "\",\"rid\":\"R\",\"topic\":\"" + "z".repeat(2_000) + "\"}";
    answer(
        SUBSCRIPTIONS,
        ok("{\"update\":[{\"_id\":\"S1" + topic + ",{\"_id\":\"S2" + topic + "],\"remove\":[]}"));
    assertThat(transport.subscriptions(null, call).unreadable())
        .extracting(Unreadable::json)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void theBytesOfEveryAnswersBodyAreTold() {
    String body = "{\"update\":[{\"_id\":\"R\",\"name\":\"é\"}],\"remove\":[]}";
    answer(ROOMS, ok(body));
    transport.rooms(null, call);
    String settings = "{\"settings\":[],\"success\":true}";
    answer("/api/v1/settings.public", ok(settings));
    transport.facts(call);
    String refused = "{\"success\":false}";
    answer("/api/v1/chat.getMessage", ok(refused).withStatus(400));
    var unused = transport.message(new dev.strandline.model.MessageId("a"), call);
    assertThat(call.bytes)
        .containsEntry("rooms.get", length(body))
        .containsEntry("settings.public", length(settings))
        .containsEntry("chat.getMessage", length(refused));
  }

  private static long length(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }
}
