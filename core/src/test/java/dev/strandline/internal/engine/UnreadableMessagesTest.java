package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.History;
import dev.strandline.ReconcileRequest;
import dev.strandline.SyncRequest;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What cannot be understood is there all the same (R14). */
class UnreadableMessagesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r14_aMessageWhoseNewVersionCannotBeUnderstoodIsNotTakenForGone() {
    workspace.post("a");
    workspace.post("b");
    device.pass(HOUR);
    device.sync();
    workspace.edit("a").garbled = true;
    device.pass(HOUR);
    device.sync();
    device.reconcile();
    assertThat(device.stored()).containsExactly("a", "b");
  }

  @Test
  void r14_aReplyWhoseNewVersionCannotBeUnderstoodIsNotTakenForGone() {
    device.configure(o -> o.history(History.none()));
    workspace.post("root");
    device.pass(HOUR);
    workspace.reply("r1", "root");
    device.pass(HOUR);
    device.syncThread("root");
    workspace.the("r1").garbled = true;
    device.pass(Duration.ofDays(28)); // so that the thread is read whole
    device.syncThread("root");
    assertThat(device.stored()).contains("r1");
  }

  @Test
  void r14_aDeletedMessageLeavesQuarantine() {
    workspace.post("a").garbled = true;
    workspace.post("b");
    device.pass(HOUR);
    device.sync();
    assertThat(device.quarantine()).hasSize(1);
    workspace.delete("a");
    device.pass(HOUR);
    device.sync();
    assertThat(device.quarantine()).isEmpty();
  }

  @Test
  void r14_whatIsGoneWithoutATraceLeavesQuarantineWhenTheRoomIsReadWhole() {
    workspace.post("a").garbled = true;
    workspace.post("b").garbled = true;
    device.pass(HOUR);
    device.sync();
    workspace.unlink("a");
    device.pass(HOUR);
    device.sync();
    assertThat(quarantined()).containsExactlyInAnyOrder("a", "b");
    device.reconcile();
    assertThat(quarantined()).containsExactly("b");
  }

  @Test
  void r14_aPartThatIsReadWholeSaysNothingOfWhatIsInQuarantineBelowIt() {
    device.configure(o -> o.history(History.none()).pageSize(2));
    workspace.post("root");
    device.pass(HOUR);
    workspace.reply("r1", "root").garbled = true;
    device.pass(HOUR);
    workspace.posts("n", 10, HOUR);
    device.pass(HOUR);
    device.sync();
    device.syncThread("root");
    assertThat(quarantined()).containsExactly("r1");
    device.reconcile();
    assertThat(device.state().orElseThrow().history().toBeginning()).isFalse();
    assertThat(quarantined()).containsExactly("r1");
  }

  @Test
  void r14_whatHistoryShowsOfADeletionUnderWayLeavesQuarantineWithIt() {
    device.configure(o -> o.pageSize(3));
    workspace.post("a").garbled = true;
    workspace.posts("n", 10, HOUR);
    server.before =
        query -> {
          if (query instanceof FeedQuery.Since && !workspace.graves.containsKey("a")) {
            workspace.bury("a");
          }
        };
    device.sync();
    assertThat(device.state().orElseThrow().history().toBeginning()).isTrue();
    workspace.unlink("a");
    device.pass(HOUR);
    device.sync();
    assertThat(quarantined()).isEmpty();
  }

  @Test
  void r14_aDeletionThatCannotBeUnderstoodIsNoSignOfLife() {
    Transport odd =
        Glass.before(
            server,
            sink ->
                new Glass(sink) {
                  @Override
                  public void tombstone(Tombstone it) {
                    // What MessageEntry.gone hands on where _deletedAt is no date.
                    String json = "{\"_id\":\"" + it.id().value() + "\",\"_deletedAt\":{}}";
                    unreadableDeletion(
                        new Unreadable(it.id(), json, "its _deletedAt is not a date"));
                  }
                });
    server.cursors = false;
    workspace.posts("n", 3, HOUR);
    device.pass(HOUR);
    device.engine(odd).sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
    workspace.delete("n1");
    device.pass(HOUR);
    for (int day = 0; day < 5; day++) {
      device.engine(odd).reconcile(ReconcileRequest.room(Workspace.ROOM), new Cancellation());
      device.pass(Duration.ofDays(1));
    }
    device.assertEqualsTheServer();
  }

  @Test
  void r14_whatArrivesInAFormThatIsUnderstoodLeavesQuarantine() {
    workspace.post("a");
    workspace.post("b");
    device.pass(HOUR);
    device.sync();
    workspace.the("a").garbled = true;
    device.reconcile();
    assertThat(device.quarantine()).hasSize(1);
    workspace.the("a").garbled = false;
    device.pass(HOUR);
    device.reconcile();
    assertThat(device.quarantine()).isEmpty();
  }

  @Test
  void r14_whatDoesNotSayWhenItWasWrittenIsNotTakenForOlderThanADeletion() {
    Transport undated =
        Glass.before(
            server,
            sink ->
                new Glass(sink) {
                  @Override
                  public void unreadable(Unreadable it) {
                    super.unreadable(new Unreadable(it.id(), it.json(), it.reason()));
                  }
                });
    server.cursors = false;
    workspace.posts("n", 3, HOUR);
    workspace.delete("n1");
    device.pass(HOUR);
    workspace.post("n1").garbled = true;
    device.pass(HOUR);
    device.engine(undated).sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
    assertThat(device.quarantine()).hasSize(1);
  }

  @Test
  void r14_anEntryStampedByAClockThatIsSecondsAheadLeavesQuarantineWithItsDeletion() {
    server.confirmed = true;
    workspace.posts("m", 3, HOUR);
    Workspace.Post odd = workspace.post("odd");
    odd.garbled = true;
    odd.stamp += 5_000;
    device.pass(Duration.ofSeconds(2));
    device.sync();
    assertThat(device.quarantine()).hasSize(1);
    workspace.delete("odd");
    for (int i = 0; i < 5; i++) {
      device.pass(HOUR);
      device.sync();
    }
    assertThat(device.quarantine()).isEmpty();
  }

  private List<String> quarantined() {
    return device.quarantine().stream()
        .map(held -> Objects.requireNonNull(held.entry().id()).value())
        .toList();
  }
}
