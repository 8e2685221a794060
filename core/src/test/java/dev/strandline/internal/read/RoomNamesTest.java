package dev.strandline.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.RoomMatch;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNamesTest {
  private final List<Room> rooms = new ArrayList<>();

  private Room.Builder add(String id, RoomType type, String name) {
    return Room.builder(new RoomId(id)).type(type).name(name).membership(Membership.MEMBER);
  }

  private RoomMatch match(String given) {
    return new RoomNames(rooms).match(given);
  }

  private List<String> found(String given) {
    return match(given).rooms().stream().map(room -> room.id().value()).toList();
  }

  private List<String> near(String given) {
    return match(given).near().stream().map(room -> room.id().value()).toList();
  }

  private void town() {
    rooms.add(
        add("GENERAL", RoomType.CHANNEL, "general")
            .roomJson("{\"_id\":\"GENERAL\",\"name\":\"general\",\"fname\":\"The Square\"}")
            .build());
    rooms.add(
        add("uaub", RoomType.DIRECT, "ada.l")
            .subscriptionJson("{\"name\":\"ada.l\",\"fname\":\"Ada Lovelace\"}")
            .build());
    rooms.add(add("P1", RoomType.PRIVATE, "Café Noir").build());
    rooms.add(add("H2", RoomType.CHANNEL, "harbour-watch").build());
  }

  @ParameterizedTest
  @CsvSource({
    "GENERAL, GENERAL",
    "general, GENERAL",
    "#general, GENERAL",
    "General, GENERAL",
    "' general ', GENERAL",
    "The Square, GENERAL",
    "#the square, GENERAL",
    "ada.l, uaub",
    "@ada.l, uaub",
    "@Ada Lovelace, uaub",
    "@ADA LOVELACE, uaub",
    "café noir, P1",
    "Cafe\u0301 Noir, P1",
    "#café noir, P1"
  })
  void aRoomIsFoundByItsIdOrAnyOfItsNames(String given, String id) {
    town();
    assertThat(found(given)).containsExactly(id);
    assertThat(match(given).near()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@general", "#ada.l", "#", "@", "generalx", "gener"})
  void aSignSaysWhichKindOfRoomIsMeantAndNoNameIsCompletedByGuessing(String given) {
    town();
    assertThat(found(given)).isEmpty();
    assertThat(match(given).isUnknown()).isTrue();
  }

  @Test
  void anIdGoesBeforeANameAndTheRightCaseBeforeAnother() {
    rooms.add(add("one", RoomType.CHANNEL, "two").build());
    rooms.add(add("two", RoomType.CHANNEL, "Ops").build());
    rooms.add(add("three", RoomType.CHANNEL, "ops").build());
    assertThat(found("two")).containsExactly("two");
    assertThat(found("ops")).containsExactly("three");
    assertThat(found("Ops")).containsExactly("two");
    assertThat(found("OPS")).containsExactly("two", "three");
    assertThat(match("OPS").isAmbiguous()).isTrue();
    assertThat(match("OPS").room()).isEmpty();
  }

  @Test
  void aRoomThatIsGoneIsMeantOnlyWhereNoOtherHasTheName() {
    rooms.add(add("old", RoomType.CHANNEL, "ops").membership(Membership.GONE).build());
    assertThat(found("ops")).containsExactly("old");
    rooms.add(add("new", RoomType.CHANNEL, "ops").build());
    assertThat(found("ops")).containsExactly("new");
    assertThat(found("old")).containsExactly("old");
  }

  @ParameterizedTest
  @CsvSource({
    "genral, GENERAL",
    "genreal, GENERAL",
    "#Genearl, GENERAL",
    "gener, GENERAL",
    "the-square, GENERAL",
    "@ada, uaub",
    "lovelace, uaub",
    "harbor, H2",
    "harbr, H2",
    "cafe noir, P1"
  })
  void whatIsNearlyANameIsAnsweredWithTheRoomsThatHaveIt(String given, String id) {
    town();
    assertThat(near(given)).startsWith(id);
  }

  @Test
  void whatIsLikeNothingIsAnsweredWithNothing() {
    town();
    assertThat(near("zzzzzz")).isEmpty();
    assertThat(near("#")).isEmpty();
    assertThat(new RoomNames(List.of()).match("general").near()).isEmpty();
  }

  @Test
  void namesInDocumentsAreReadAsJsonWritesThem() {
    rooms.add(
        add("X", RoomType.CHANNEL, "x")
            .roomJson(
                "{ \"a\" : {\"name\":\"inner\"}, \"b\":[\"name\",\"list\"], \"fname\" :"
                    + " \"T\\u00e9a \\\"time\\\"\" , \"name\":\"outer\"}")
            .build());
    assertThat(found("outer")).containsExactly("X");
    assertThat(found("Téa \"time\"")).containsExactly("X");
    assertThat(found("inner")).isEmpty();
    assertThat(found("list")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"name", "{\"name\":\"\\u12", "[\"name\",\"y\"]", "null", "}{"})
  void aDocumentThatIsNoneHasNoNames(String document) {
    rooms.add(add("X", RoomType.CHANNEL, "x").roomJson(document).build());
    assertThat(found("x")).containsExactly("X");
    assertThat(found("y")).isEmpty();
  }
}
