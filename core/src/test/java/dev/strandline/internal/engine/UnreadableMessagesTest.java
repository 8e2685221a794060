package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.spi.FeedQuery;
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

  private List<String> quarantined() {
    return device.quarantine().stream()
        .map(held -> Objects.requireNonNull(held.entry().id()).value())
        .toList();
  }
}
