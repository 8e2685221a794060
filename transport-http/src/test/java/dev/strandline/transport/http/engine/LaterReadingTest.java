package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.model.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R7: the later reading wins, and the dead stay dead. */
class LaterReadingTest {
  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void r7_anEditWithAnOlderStampReplacesWhatWasStored() {
    String id = harness.post(room, "first");
    harness.pass(Duration.ofSeconds(50));
    harness.edit(id, "second");
    harness.sync(room);
    Instant behind = harness.serverNow().minusSeconds(30);
    harness.workspace.stamped(behind, () -> harness.edit(id, "third, by a clock that is behind"));
    harness.sync(room);

    assertThat(harness.text(id)).startsWith("third");
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_twoEditsInOneMillisecondEndWithTheSecond() {
    String id = harness.post(room, "first");
    harness.pass(Duration.ofMinutes(1));
    Instant stamp = harness.serverNow();
    harness.workspace.stamped(stamp, () -> harness.edit(id, "second"));
    harness.sync(room);
    harness.workspace.stamped(stamp, () -> harness.edit(id, "third"));
    harness.sync(room);

    assertThat(harness.text(id)).isEqualTo("third");
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_anIdThatIsUsedAgainIsLiveAgainAndCanDieAgain() {
    String id = harness.post(room, "first life");
    harness.sync(room);
    harness.pass(Duration.ofMinutes(10));
    harness.delete(id);
    harness.sync(room);
    assertThat(harness.has(id)).isFalse();

    harness.pass(Duration.ofMinutes(10));
    harness.workspace.removals().recreate(id);
    harness.sync(room);
    assertThat(harness.has(id)).isTrue();
    harness.assertEqualsServer(room);

    harness.pass(Duration.ofMinutes(10));
    harness.delete(id);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_anIdThatWasUsedAgainWhileAwayIsLive() {
    String id = harness.post(room, "first life");
    harness.sync(room);
    harness.pass(Duration.ofMinutes(10));
    harness.delete(id);
    harness.pass(Duration.ofMinutes(10));
    harness.workspace.removals().recreate(id);
    harness.pass(Duration.ofMinutes(10));
    // One answer shows it live and deleted.
    harness.sync(room);

    assertThat(harness.has(id)).isTrue();
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_aPageThatIsReadAfterATombstoneDoesNotBringTheDeadBack() {
    List<String> ids = harness.post(room, 60);
    harness.pass(Duration.ofMinutes(5));
    harness.post(room, "newest");
    // Deleted, and still visible while history is read: the tombstone is written first.
    harness.workspace.removals().writeTombstone(ids.get(2));
    harness.with(options -> options.pageSize(10)).sync(room);
    assertThat(harness.has(ids.get(2))).isFalse();

    harness.workspace.removals().removeLive(ids.get(2));
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_aTombstoneIsRememberedForPagesThatAreReadWithinTheAllowance() {
    List<String> ids = harness.post(room, 60);
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.pageSize(10).history(History.latest(10))).sync(room);
    harness.workspace.removals().writeTombstone(ids.get(2));
    harness.sync(room);
    harness.pass(Duration.ofMinutes(10));
    harness.sync(room);
    // No feed tells of the tombstone any more when the page is read that still shows the message.
    harness.with(options -> options.history(History.all())).sync(room);
    assertThat(harness.has(ids.get(2))).isFalse();

    harness.workspace.removals().removeLive(ids.get(2));
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_readingAnythingTwiceChangesNothing() {
    List<String> ids = harness.post(room, 20);
    harness.delete(ids.get(3));
    harness.sync(room);
    harness.delete(ids.get(4));
    harness.sync(room);
    var again = harness.sync(room).scopes().get(0);

    assertThat(again.upserts() + again.tombstones()).isZero();
    assertThat(again.unchanged()).as("lookback reads the last minutes again").isEqualTo(20);
    harness.assertEqualsServer(room);
  }

  @Test
  void r7_contentThatChangedUnderAnEqualStampIsTaken() {
    String id = harness.post(room, "text");
    harness.sync(room);
    var document = harness.workspace.message(id).orElseThrow();
    // As with names that the server fills in when it is asked.
    document.putObject("added").put("at", "read time");
    harness.workspace.raw().putMessage(document);
    harness.sync(room);

    harness.assertEqualsServer(room);
  }
}
