package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.RoomState.Reconciling;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Told;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Positions that no honest run leaves: by another program's hand, by a server that was restored, by
 * a file that was copied. They are noticed and brought back, and nothing is lost.
 */
class BadPositionsTest {
  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @BeforeEach
  void readARoom() {
    server.confirmed = true;
    workspace.post("root");
    workspace.posts("old", 5, Duration.ofMinutes(20));
    device.sync();
    device.pass(Duration.ofMinutes(30));
  }

  private void poison(UnaryOperator<RoomState> change) {
    device.rows.write(
        writer -> {
          writer.putRoomState(change.apply(writer.roomState(Workspace.ROOM).orElseThrow()));
          return 0;
        });
  }

  private void write(Consumer<StoreWriter> change) {
    device.rows.write(
        writer -> {
          change.accept(writer);
          return 0;
        });
  }

  private FeedPosition ahead(long minutes) {
    return FeedPosition.anchoredAt(workspace.time().plus(Duration.ofMinutes(minutes)));
  }

  /** What happens between a run that meets the position and the next. */
  private void liveOn() {
    workspace.post("new");
    workspace.edit("old1");
    workspace.delete("old2");
    device.pass(Duration.ofMinutes(10));
  }

  private void assertHealed() {
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    device.assertEqualsTheServer();
    assertThat(device.message("old1").orElseThrow().updatedAt().epochMilli())
        .isEqualTo(workspace.the("old1").stamp);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
    assertThat(device.rows.check()).isEmpty();
    // And for good: the next run finds nothing wrong any more.
    device.sync();
    assertThat(server.log).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 3 * 60, 30 * 60, 365L * 24 * 60})
  void r1_watermarksInTheFutureAreBroughtBackAndHideNothing(long minutes) {
    poison(state -> state.withUpdated(ahead(minutes)).withDeleted(ahead(minutes)));
    liveOn();
    assertHealed();
  }

  @Test
  void r1_watermarksDaysInTheFutureAreBroughtBackByADateThatNothingConfirms() {
    server.confirmed = false;
    poison(state -> state.withUpdated(ahead(48 * 60)).withDeleted(ahead(48 * 60)));
    liveOn();
    assertHealed();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 60, 3 * 60, 30 * 60, 365L * 24 * 60})
  void r1_aWatermarkOfDeletionsInTheFutureIsBroughtBackAndHidesNothing(long minutes) {
    poison(state -> state.withDeleted(ahead(minutes)));
    liveOn();
    assertHealed();
  }

  @Test
  void r9_aClaimFromTheFutureIsGivenUpAndMadeAgain() {
    poison(
        state ->
            state.claimed(
                workspace.time().plus(Duration.ofHours(5)),
                Told.at(workspace.time().plus(Duration.ofHours(5)))));
    liveOn();
    assertHealed();
    assertThat(device.state().orElseThrow().claim().asOf().isAfter(workspace.time())).isFalse();
  }

  @Test
  void r12_aWholeReadingOfALostRoomIsNotGoneOnWithInAnotherWorkspace() {
    ServerTime begun = workspace.time();
    poison(
        state ->
            state
                .distrusted(Coverage.Cause.GONE)
                .withReconciling(new Reconciling(begun, begun, ServerTime.EPOCH, false)));
    server.identity = "second";
    liveOn();
    assertHealed();
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 30 * 60})
  void r10_aWholeReadingThatBeganInTheFutureIsBegunAnew(long minutes) {
    poison(
        state ->
            state.withReconciling(
                new Reconciling(
                    workspace.time().plus(Duration.ofMinutes(minutes)),
                    workspace.time().plus(Duration.ofMinutes(minutes)),
                    ServerTime.EPOCH,
                    false)));
    liveOn();
    assertHealed();
  }

  @Test
  void r9_whileAPositionIsBeingBroughtBackTheCoverageSaysSo() {
    poison(state -> state.withUpdated(ahead(60)));
    liveOn();
    server.breakAfter(2, () -> {});
    assertThat(device.sync().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.cause()).isEqualTo(Coverage.Cause.RECONCILING));
    assertHealed();
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 30 * 60})
  void r13_aThreadsWatermarkInTheFutureIsBroughtBack(long minutes) {
    device.configure(options -> options.history(dev.strandline.History.none()));
    workspace.reply("reply1", "root");
    device.syncThread("root");
    MessageId root = new MessageId("root");
    write(
        writer ->
            writer.putThreadState(
                new ThreadState(
                    root,
                    Workspace.ROOM,
                    ahead(minutes),
                    workspace.time(),
                    ThreadState.Condition.ACTIVE)));
    workspace.reply("reply2", "root");
    workspace.delete("reply1");
    device.pass(Duration.ofMinutes(10));
    assertThat(device.syncThread("root").outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(device.stored()).contains("reply2").doesNotContain("reply1");
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 30 * 60})
  void r1_aDirectorysPositionInTheFutureHidesNoNewRoom(long minutes) {
    RoomId fresh = new RoomId("fresh");
    server.subscriptions =
        since ->
            since == null || since.isBefore(workspace.time())
                ? server.directory(Workspace.ROOM, fresh)
                : server.directory();
    ServerTime future = workspace.time().plus(Duration.ofMinutes(minutes));
    write(
        writer -> writer.putDirectory(new DirectoryState(future, future, future, Told.at(future))));
    device.sync(SyncRequest.everything());
    assertThat(device.room(fresh)).isPresent();
    DirectoryState now = device.rows.read(reader -> reader.directory());
    assertThat(now.subscriptions().isAfter(workspace.time())).isFalse();
  }

  @Test
  void r10_aCopyThatIsMonthsOldIsReadWholeAndNotWiped() {
    poison(
        state ->
            new RoomState(
                Workspace.ROOM,
                state.anchor().minus(Duration.ofDays(90)),
                FeedPosition.anchoredAt(state.updated().settled().minus(Duration.ofDays(90))),
                FeedPosition.anchoredAt(state.deleted().settled().minus(Duration.ofDays(90))),
                state.history(),
                new RoomState.Claim(
                    state.claim().asOf().minus(Duration.ofDays(90)),
                    Reach.beginning(state.history().floor()),
                    Told.at(state.claim().told().stamp().minus(Duration.ofDays(90)))),
                null,
                null));
    workspace.delete("old3");
    workspace.graves.clear();
    liveOn();
    assertHealed();
  }

  @Test
  void r11_aServerThatWasRestoredFromABackupIsFoundByReconciling() {
    Workspace.Post edited = workspace.edit("old0");
    workspace.post("lost");
    device.sync();
    // Back to yesterday's backup: no tombstone tells, and the stamps are older.
    workspace.unlink("lost");
    edited.stamp = edited.sentAt;
    device.reconcile();
    device.assertEqualsTheServer();
    assertThat(device.message("old0").orElseThrow().updatedAt().epochMilli())
        .isEqualTo(edited.stamp);
  }

  @Test
  void r2_aWorkspaceOfAnotherIdentityIsReadWholeAndSaidToBeStaleUntilThen() {
    server.identity = "second";
    workspace.unlink("old4");
    liveOn();
    server.breakAfter(2, () -> {});
    device.sync();
    assertThat(device.coverage()).isInstanceOf(Coverage.Stale.class);
    assertHealed();
  }
}
