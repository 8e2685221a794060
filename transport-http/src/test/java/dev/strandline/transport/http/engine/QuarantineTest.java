package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.ScopeReport;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.Quarantined;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R14: nothing is dropped, and nothing is changed on the way. */
class QuarantineTest {
  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");

  @AfterEach
  void stop() {
    harness.close();
  }

  private ObjectNode document(String id) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("_id", id).put("rid", room.value()).put("msg", "odd");
    document.putObject("u").put("_id", harness.bob.id()).put("username", "bob");
    String now = harness.serverNow().toString();
    return document.put("ts", now).put("_updatedAt", now);
  }

  private void put(ObjectNode document) {
    Instant now = harness.serverNow();
    harness.workspace.raw().putMessage(document, now, now);
    harness.workspace.clock().advance(Duration.ofMillis(1));
  }

  @Test
  void r14_whatCannotBeUnderstoodIsKeptVerbatimAndTheRestOfThePageIsApplied() {
    List<String> before = harness.post(room, 3);
    ObjectNode badDate = document("badDate").put("ts", "yesterday, 3 o'clock");
    put(badDate);
    List<String> after = harness.post(room, 3);
    ScopeReport report = harness.sync(room).scopes().get(0);

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(before).allMatch(harness::has);
    assertThat(after).allMatch(harness::has);
    assertThat(harness.local().quarantine(room, 10))
        .singleElement()
        .satisfies(
            odd -> {
              assertThat(odd.entry().json()).isEqualTo(badDate.toString());
              assertThat(odd.entry().id()).isEqualTo(new MessageId("badDate"));
              assertThat(odd.entry().reason()).contains("ts");
            });
    assertThat(harness.local().room(room).orElseThrow().counts().quarantined()).isEqualTo(1);
  }

  @Test
  void r14_theSameOddityIsCountedOnce() {
    put(document("odd").put("ts", "never"));
    harness.sync(room);
    ScopeReport again = harness.sync(room).scopes().get(0);

    assertThat(again.quarantined()).isZero();
    assertThat(harness.local().quarantine(null, 10)).hasSize(1);
  }

  @Test
  void r14_aLaterVersionThatIsUnderstoodReleasesIt() {
    put(document("odd").put("ts", "never"));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    put(document("odd"));
    harness.sync(room);

    assertThat(harness.local().quarantine(null, 10)).isEmpty();
    assertThat(harness.has("odd")).isTrue();
    harness.assertEqualsServer(room);
  }

  @Test
  void r14_entriesOfEveryWayOfAskingAreKept() {
    harness.post(room, 5);
    put(document("whenAnchored").put("ts", "never"));
    harness.post(room, 25);
    harness.with(options -> options.pageSize(10)).sync(room);
    harness.pass(Duration.ofHours(1));
    put(document("inOneAnswer").put("ts", "never"));
    harness.sync(room);
    harness.pass(Duration.ofDays(2));
    put(document("inPages").put("ts", "never"));
    harness.sync(room);

    assertThat(harness.local().quarantine(room, 10))
        .extracting(odd -> String.valueOf(odd.entry().id()))
        .containsExactlyInAnyOrder("whenAnchored", "inOneAnswer", "inPages");
    assertThat(harness.local().quarantine(room, 10))
        .extracting(Quarantined::firstSeen)
        .as("by the device's clock")
        .allMatch(moment -> moment.isAfter(Instant.parse("2061-01-01T00:00:00Z")));
  }

  @Test
  void r14_aStoredVersionSurvivesAWholeReadingThatCannotUnderstandTheNewOne() {
    String id = harness.post(room, 10).get(4);
    harness.pass(Duration.ofHours(1));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    put(document(id).put("ts", "never"));
    harness.sync(room);
    var compared = harness.engine.compare(room);
    var report = harness.engine.reconcile(room);

    assertThat(compared.surplus()).isEmpty();
    assertThat(report.surplus()).isEmpty();
    assertThat(harness.has(id)).isTrue();
    assertThat(harness.local().quarantine(room, 10)).hasSize(1);
  }

  @Test
  void r14_aNullWhereAThreadCouldBeNamedIsNoThread() {
    put(document("noReply").putNull("tmid"));
    harness.sync(room);

    assertThat(harness.local().quarantine(room, 10)).isEmpty();
    harness.assertEqualsServer(room);
  }

  @Test
  void r14_everyByteOfAMessageIsKept() {
    ObjectNode odd = document("unusual");
    odd.put("msg", "tabs\tand \"quotes\" \\ and 🌊 and \u0000 and \u2028 and é");
    odd.put("unknown", 12345678901234567L);
    odd.putObject("deep").putArray("list").add(1.50).add(1e-7).addNull().addObject().put("", "");
    put(odd);
    harness.sync(room);

    assertThat(harness.local().quarantine(room, 10)).isEmpty();
    harness.assertEqualsServer(room);
    assertThat(harness.text("unusual")).contains("🌊");
  }
}
