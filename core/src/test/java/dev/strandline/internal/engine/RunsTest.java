package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.strandline.Cancellation;
import dev.strandline.Outcome;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.FeedQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run among others: one that fails for a room, that has no end, that is not wanted any more. */
class RunsTest {
  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void r15_aRoomWhoseAnswersNeverComeToTheirEndDoesNotStarveTheOthers(boolean late) {
    RoomId large = new RoomId("Archive");
    server.subscriptions = since -> server.directory(large, Workspace.ROOM);
    workspace.post("x", large);
    workspace.post("a");
    server.before =
        query -> {
          if (query.scope().equals(Scope.room(large))) {
            throw late
                ? UnreachableException.timedOut("no answer within a minute", null)
                : UnreachableException.brokeOff("a proxy had enough", null);
          }
        };
    device.pass(Duration.ofHours(1));
    SyncReport report = device.sync(SyncRequest.everything());
    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(device.stored()).containsExactly("a");
  }

  @Test
  void r15_anUncutAnswerThatAlwaysBreaksOffIsAskedForInPages() {
    device.configure(options -> options.pageSize(5));
    workspace.posts("m", 30, Duration.ofSeconds(1));
    device.pass(Duration.ofMinutes(1));
    device.sync();
    workspace.posts("n", 30, Duration.ofSeconds(1));
    device.pass(Duration.ofMinutes(1));
    server.before =
        query -> {
          if (query instanceof FeedQuery.Since) {
            throw UnreachableException.brokeOff("a proxy had enough", null);
          }
        };
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    device.assertEqualsTheServer();
  }

  @Test
  void r15_aCursorThatNeverMovesIsNotFollowedForEver() {
    workspace.post("a");
    workspace.post("b");
    device.pass(Duration.ofMinutes(1));
    device.sync();
    server.stuck = true;
    device.pass(Duration.ofDays(2)); // so that pages are asked for
    device.sync(); // the server refuses to be asked without end
    assertThat(server.log).hasSizeLessThan(100);
  }

  @Test
  void aStoreThatFailsToRestKeepsNoRunWaiting() {
    boolean[] fails = {true};
    Engine engine =
        device.engine(
            new FailingStore(device.rows, () -> false) {
              @Override
              public void rest() {
                if (fails[0]) {
                  throw new IllegalStateException("it never should");
                }
              }
            });
    SyncRequest request = SyncRequest.room(Workspace.ROOM);
    assertThat(catchThrowable(() -> engine.sync(request, new Cancellation())))
        .hasMessage("it never should");
    fails[0] = false;
    assertThat(CompletableFuture.supplyAsync(() -> engine.sync(request, new Cancellation())))
        .succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void aRunThatIsCancelledBeforeItBeginsIsReported() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    SyncReport report = device.engine().sync(SyncRequest.room(Workspace.ROOM), cancellation);
    assertThat(report.stoppedBy()).isNotNull();
  }

  @Test
  void aRunCannotBeClosedFromWithin() {
    List<Throwable> refusals = new ArrayList<>();
    Engine engine = device.engine();
    server.before = query -> refusals.add(catchThrowable(engine::close));
    workspace.post("a");
    SyncReport report = engine.sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(refusals)
        .isNotEmpty()
        .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void aRunThatWaitsForAnotherCanBeCancelled() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.before =
        query -> {
          inside.countDown();
          await(goOn);
        };
    workspace.post("a");
    Engine engine = device.engine();
    SyncRequest request = SyncRequest.room(Workspace.ROOM);
    Thread first = new Thread(() -> engine.sync(request, new Cancellation()));
    first.start();
    inside.await();
    Cancellation cancellation = new Cancellation();
    CompletableFuture<SyncReport> report = new CompletableFuture<>();
    Thread second = new Thread(() -> report.complete(engine.sync(request, cancellation)));
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    cancellation.cancel();
    second.join(); // while the first is still at work
    goOn.countDown();
    first.join();
    assertThat(report).isCompletedWithValueMatching(ended -> ended.stoppedBy() != null);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
