package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.search.Place;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking for words. The same for a store with an index and for one that reads every message. */
abstract class SearchPromises extends JournalPromises {
  @Test
  void aSearchFindsLiveMessagesByTheirWords_inAnyScript() {
    write(
        w -> {
          w.putMessage(said("high", 1, "High tide at the Pier"), Origin.ROOM);
          w.putMessage(said("low", 2, "low TIDE, crème brûlée"), Origin.ROOM);
          w.putMessage(said("tokyo", 3, "東京タワー 🚀"), Origin.ROOM);
          w.putMessage(said("none", 4, ""), Origin.ROOM);
        });
    assertThat(found("tide")).containsExactlyInAnyOrder("high", "low");
    assertThat(found("TIDE pier")).containsExactly("high");
    assertThat(found("\"tide at the\"")).containsExactly("high");
    assertThat(found("\"tide the\"")).isEmpty();
    assertThat(found("tid*")).containsExactlyInAnyOrder("high", "low");
    assertThat(found("tid")).isEmpty();
    assertThat(found("tide -pier")).containsExactly("low");
    assertThat(found("creme BRULEE")).containsExactly("low");
    assertThat(found("東京")).containsExactly("tokyo");
    assertThat(found("京東")).isEmpty();
    assertThat(found("🚀")).containsExactly("tokyo");
    assertThat(found("rooms AND OR NOT NEAR(tide) \"")).isEmpty();
  }

  @Test
  void aSearchFindsWhatPeopleSeeBesideTheText() {
    write(
        w -> {
          w.putMessage(
              with(
                  said("bot", 1, ""),
                  "\"alias\":\"Grafana\",\"attachments\":[{\"title\":\"Disk full\",\"text\":\"zebra\"}]"),
              Origin.ROOM);
          w.putMessage(
              with(
                  said("file", 2, ""),
                  "\"file\":{\"name\":\"quagga.xlsx\"},"
                      + "\"attachments\":[{\"title\":\"quagga.xlsx\",\"description\":\"okapi\"}]"),
              Origin.ROOM);
          w.putMessage(
              with(
                  said("block", 3, "see"),
                  "\"blocks\":[{\"type\":\"section\",\"text\":{\"text\":\"gnu\"}}],"
                      + "\"urls\":[{\"meta\":{\"pageTitle\":\"ibex\"}}]"),
              Origin.ROOM);
        });
    assertThat(found("zebra")).containsExactly("bot");
    assertThat(found("grafana \"disk full\"")).containsExactly("bot");
    assertThat(found("quagga")).containsExactly("file");
    assertThat(found("okapi")).containsExactly("file");
    assertThat(found("gnu ibex see")).containsExactly("block");
    SearchHit hit = search(SearchQuery.of("zebra").build()).hits().get(0);
    String text = hit.message().shownText();
    assertThat(hit.places().stream().map(place -> text.substring(place.start(), place.end())))
        .containsExactly("zebra");
    write(
        w ->
            w.putMessage(
                with(said("bot", 1, ""), "\"attachments\":[{\"text\":\"edited\"}]"), Origin.ROOM));
    assertThat(found("zebra")).isEmpty();
    assertThat(found("edited")).containsExactly("bot");
    assertThat(store().check()).isEmpty();
  }

  @Test
  void aSearchLeavesOutMarksAndWidths() {
    write(
        w -> {
          w.putMessage(said("hebrew", 1, "שָׁלוֹם עולם"), Origin.ROOM);
          w.putMessage(said("arabic", 2, "مَرْحَبًا ســلام"), Origin.ROOM);
          w.putMessage(said("width", 3, "ﾊﾞｽ Ｔｉｄｅ"), Origin.ROOM);
          w.putMessage(said("latin", 4, "Łódź, Straße, I\u0307stanbul"), Origin.ROOM);
        });
    assertThat(found("שלום")).containsExactly("hebrew");
    assertThat(found("שָׁלוֹם")).containsExactly("hebrew");
    assertThat(found("مرحبا سلام")).containsExactly("arabic");
    assertThat(found("ﻣﺮﺣﺒﺎ")).containsExactly("arabic");
    assertThat(found("バス tide")).containsExactly("width");
    assertThat(found("lodz STRASSE istan*")).containsExactly("latin");
    SearchHit hit = search(SearchQuery.of("שלום").build()).hits().get(0);
    assertThat(hit.places()).containsExactly(new Place(0, "שָׁלוֹם".length()));
  }

  @Test
  void aSearchFindsNothingInWhatIsEncrypted() {
    Message closed = said("closed", 1, "tide");
    String document = "{\"t\":\"e2e\"," + closed.json().substring(1);
    write(
        w -> {
          w.putMessage(said("open", 2, "tide"), Origin.ROOM);
          w.putMessage(
              Message.builder(closed.id(), ROOM, closed.sentAt(), closed.updatedAt(), document)
                  .type("e2e")
                  .author(closed.authorId(), closed.authorName())
                  .text(closed.text())
                  .build(),
              Origin.ROOM);
        });
    assertThat(found("tide")).containsExactly("open");
  }

  @Test
  void aSearchTellsWhereTheWordsAre() {
    write(w -> w.putMessage(said("m", 1, "Tide, 東京 tide"), Origin.ROOM));
    SearchHit hit = search(SearchQuery.of("tide 京").build()).hits().get(0);
    String text = hit.message().text();
    assertThat(hit.places().stream().map(place -> text.substring(place.start(), place.end())))
        .containsExactly("Tide", "京", "tide");
  }

  @Test
  void aSearchFollowsWhatIsStored_alsoWithinATransaction() {
    write(w -> w.putMessage(said("m", 1, "first words"), Origin.ROOM));
    write(w -> w.putMessage(said("m", 1, "second words"), Origin.ROOM));
    write(w -> w.putMessage(said("n", 2, "other words"), Origin.ROOM));
    assertThat(found("first")).isEmpty();
    assertThat(found("second")).containsExactly("m");
    write(
        w -> {
          w.removeMessage(id("m"));
          w.putMessage(said("gone", 3, "words"), Origin.ROOM);
          w.removeMessage(id("gone"));
          w.removeMessage(id("never was"));
          assertThat(ids(w.search(SearchQuery.of("words").build()))).containsExactly("n");
          w.addMessage(said("brief", 4, "words"), Origin.ROOM);
          assertThat(ids(w.search(SearchQuery.of("words").build()))).contains("brief");
          w.removeMessage(id("brief"));
        });
    assertThat(found("words")).containsExactly("n");
    write(
        w -> {
          w.removeMessage(id("n"));
          w.putMessage(said("n", 4, "third words"), Origin.ROOM);
          w.putMessage(said("late", 5, "words"), Origin.ROOM);
        });
    assertThat(found("words")).containsExactlyInAnyOrder("n", "late");
    assertThat(store().check()).isEmpty();
    write(w -> w.purge(ROOM));
    assertThat(found("words")).isEmpty();
    assertThat(store().check()).isEmpty();
  }

  @Test
  void r2_aSearchNeverFindsWhatWasNotCommitted() {
    write(w -> w.putMessage(said("kept", 1, "words"), Origin.ROOM));
    try {
      write(
          w -> {
            w.putMessage(said("lost", 2, "words"), Origin.ROOM);
            w.removeMessage(id("kept"));
            throw new IllegalStateException("on purpose");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("on purpose");
    }
    assertThat(found("words")).containsExactly("kept");
    write(w -> w.putMessage(said("next", 3, "words"), Origin.ROOM));
    assertThat(found("words")).containsExactlyInAnyOrder("kept", "next");
    assertThat(store().check()).isEmpty();
  }

  @Test
  void aSearchCanBeNarrowedDown() {
    write(
        w -> {
          w.putMessage(said("a", 10, "tide"), Origin.ROOM);
          w.putMessage(said("b", 20, "tide"), Origin.ROOM);
          w.putMessage(said("c", 30, "tide", OTHER), Origin.ROOM);
        });
    assertThat(ids(search(SearchQuery.of("tide").room(OTHER).build()))).containsExactly("c");
    assertThat(ids(search(SearchQuery.of("tide").room(new RoomId("unknown")).build()))).isEmpty();
    assertThat(ids(search(SearchQuery.of("tide").from(time(20)).until(time(30)).build())))
        .containsExactly("b");
    String author = said("a", 10, "tide").authorName();
    assertThat(ids(search(SearchQuery.of("tide").author(author).build()))).hasSize(3);
    assertThat(ids(search(SearchQuery.of("tide").author("nobody").build()))).isEmpty();
  }

  @Test
  void theBestComesFirst_andTheNewestWhereThatIsAskedFor() {
    String around = "one of very many other words that stand all around it in this long message ";
    write(
        w -> {
          w.putMessage(said("short", 1, "tide"), Origin.ROOM);
          w.putMessage(said("long", 2, around + "tide " + around), Origin.ROOM);
          for (int i = 0; i < 20; i++) {
            w.putMessage(said("other" + i, 3 + i, "nothing of the kind " + i), Origin.ROOM);
          }
        });
    assertThat(found("tide")).containsExactly("short", "long");
    assertThat(ids(newest("tide", null, 9))).containsExactly("long", "short");
  }

  @Test
  void r3_theNewestCanBeReadPageByPage_whereManyMessagesShareAMillisecond() {
    List<String> all = new ArrayList<>();
    write(
        w -> {
          for (int i = 0; i < 50; i++) {
            String id = "m" + (i * 7 % 50);
            w.putMessage(said(id, i % 3, "tide"), Origin.ROOM);
          }
        });
    SearchPage page = newest("tide", null, 7);
    while (true) {
      all.addAll(ids(page));
      MessageKey next = page.next();
      if (next == null) {
        break;
      }
      page = newest("tide", next, 7);
    }
    assertThat(all).hasSize(50).doesNotHaveDuplicates();
    assertThat(all).isEqualTo(ids(newest("tide", null, 50)));
    assertThat(newest("tide", null, 50).next()).isNull();
  }

  private SearchPage newest(String words, @Nullable MessageKey before, int limit) {
    return search(
        SearchQuery.of(words).order(SearchQuery.Order.NEWEST).before(before).limit(limit).build());
  }

  private SearchPage search(SearchQuery query) {
    return read(reader -> reader.search(query));
  }

  private List<String> found(String words) {
    return ids(search(SearchQuery.of(words).build()));
  }

  private static List<String> ids(SearchPage page) {
    return page.hits().stream().map(hit -> hit.message().id().value()).toList();
  }

  /** The same message with more in its document. */
  private static Message with(Message message, String fields) {
    String json = "{" + fields + "," + message.json().substring(1);
    return Message.builder(
            message.id(), message.room(), message.sentAt(), message.updatedAt(), json)
        .author(message.authorId(), message.authorName())
        .text(message.text())
        .build();
  }

  private static Message said(String id, long sentAt, String text) {
    return said(id, sentAt, text, ROOM);
  }

  private static Message said(String id, long sentAt, String text, RoomId room) {
    Message plain = message(id, sentAt, room.value());
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    String json = plain.json().replace("text of " + id, quoted);
    return Message.builder(plain.id(), room, plain.sentAt(), plain.updatedAt(), json)
        .author(plain.authorId(), plain.authorName())
        .text(text)
        .build();
  }
}
