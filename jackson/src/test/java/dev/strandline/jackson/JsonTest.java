package dev.strandline.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.Failure;
import dev.strandline.MessagePage;
import dev.strandline.RoomOverview;
import dev.strandline.ScopeStatus;
import dev.strandline.error.UnreachableException;
import dev.strandline.journal.PageEntry;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Tombstone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What reads return, written by a mapper that was told to find its modules and nothing else. */
final class JsonTest {
  private final ObjectMapper jackson2 = new ObjectMapper().findAndRegisterModules();
  private final JsonMapper jackson3 = JsonMapper.builder().findAndAddModules().build();

  static Stream<Object> answers() {
    // Of the JDK's own containers Jackson 2 knows the lists; the rest is another module's.
    return Answers.all()
        .map(each -> each instanceof Optional<?> optional ? optional.orElseThrow() : each)
        .filter(each -> !(each instanceof OptionalInt));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everythingThatReadsReturnIsWritten(Object answer) throws IOException {
    JsonNode written = jackson2.readTree(jackson2.writeValueAsString(answer));
    assertThat(found(written))
        .as("no wrapped values, no numbers for moments, no exceptions")
        .doesNotContain("value", "epochMilli", "stackTrace", "empty");
    assertThat(written).isNotEqualTo(jackson2.createObjectNode());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void bothJacksonsWriteTheSame(Object answer) throws IOException {
    assertThat(jackson2.readTree(jackson3.writeValueAsString(answer)))
        .isEqualTo(jackson2.readTree(jackson2.writeValueAsString(answer)));
  }

  private static List<String> found(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> names.addAll(found(child)));
    return names;
  }

  @Test
  void aPageLooksAsTheGuideSays() throws IOException {
    Message message = Samples.message();
    MessagePage page =
        new MessagePage(
            List.of(message), new Coverage.Complete(Samples.TIME), MessageKey.of(message));
    same(
        page,
        """
        {"messages":[{"id":"tide","room":"harbour","sentAt":"2027-01-15T08:00:00.000Z",
          "updatedAt":"2027-01-15T08:00:00.000Z","thread":null,"type":null,"authorId":"ada-id",
          "authorName":"ada","text":"high \\"tide\\"","replyCount":2,
          "lastReplyAt":"2027-01-15T08:00:00.000Z",
          "json":{"_id":"tide","msg":"high \\"tide\\"","n":1.50}}],
         "coverage":{"state":"complete","asOf":"2027-01-15T08:00:00.000Z","inQuestion":0},
         "next":{"sentAt":"2027-01-15T08:00:00.000Z","id":"tide"}}
        """);
  }

  @Test
  void aCoverageSaysWhichItIs() throws IOException {
    same(new Coverage.Unknown(), "{\"state\":\"unknown\"}");
    same(
        new Coverage.Incomplete(null, null),
        "{\"state\":\"incomplete\",\"from\":null,\"asOf\":null,\"inQuestion\":0}");
    same(
        new Coverage.Stale(Samples.TIME, Coverage.Cause.SILENT_DELETIONS),
        """
        {"state":"stale","since":"2027-01-15T08:00:00.000Z","cause":"silent-deletions"}
        """);
  }

  @Test
  void aRoomsDocumentsAreTheServersAndWhatIsUnknownIsNull() throws IOException {
    RoomOverview overview = (RoomOverview) Samples.of(RoomOverview.class);
    JsonNode room = written(overview).get("room");
    assertThat(room.get("roomJson").get("t").asText()).isEqualTo("p");
    assertThat(room.get("subscriptionJson").isNull()).isTrue();
    assertThat(room.get("type").asText()).isEqualTo("private");
    assertThat(room.get("hasNews").asBoolean()).isFalse();
  }

  @Test
  void aDocumentIsWrittenByteForByte() throws IOException {
    for (String written :
        List.of(
            jackson2.writeValueAsString(Samples.message()),
            jackson3.writeValueAsString(Samples.message()))) {
      assertThat(written).contains("\"json\":" + Samples.message().json());
    }
  }

  @Test
  void scopesMomentsAndReasonsAreTexts() throws IOException {
    assertThat(written(Samples.of(ScopeStatus.class)).get("scope").asText())
        .isEqualTo("room:harbour");
    JsonNode page = written(Samples.of(PageEntry.class));
    assertThat(page.get("took").asText()).isEqualTo("PT30S");
    assertThat(page.get("startedAt").asText()).isEqualTo("2027-01-15T08:00:00Z");
    assertThat(
            written(new Tombstone(Samples.MESSAGE, Samples.TIME, Tombstone.Reason.NOT_FOUND))
                .get("reason")
                .asText())
        .isEqualTo("not-found");
  }

  @Test
  void aFailureTellsItsKindAndNoStackTrace() throws IOException {
    same(
        Failure.of(new UnreachableException("nobody answers", null)),
        "{\"kind\":\"unreachable\",\"message\":\"nobody answers\",\"retryAfter\":null}");
  }

  @Test
  void springBoot3IsToldOfTheModule() throws IOException {
    String spring =
        "/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
    try (var in = StrandlineModule.class.getResourceAsStream(spring)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
          .filteredOn(line -> !line.startsWith("#"))
          .containsExactly(StrandlineModule.class.getName());
    }
  }

  private JsonNode written(Object value) throws IOException {
    return jackson2.readTree(jackson2.writeValueAsString(value));
  }

  private void same(Object value, String json) throws IOException {
    assertThat(written(value)).isEqualTo(jackson2.readTree(json));
    assertThat(jackson2.readTree(jackson3.writeValueAsString(value)))
        .isEqualTo(jackson2.readTree(json));
  }
}
