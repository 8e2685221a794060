package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.Failure;
import dev.strandline.FollowOptions;
import dev.strandline.FollowState.Phase;
import dev.strandline.Following;
import dev.strandline.RetryPolicy;
import dev.strandline.ScopeStatus;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.transport.http.DirectTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Following, in virtual time: it polls, retreats, wakes and stops, and nobody waits for it. */
class FollowTest {
  private static final Duration LONGEST = FollowOptions.defaults().longestPause();

  private final VirtualTown town = new VirtualTown(5, 6);
  private final RoomId harbour = town.rooms.get(0);
  private final List<SyncReport> reports = new ArrayList<>();
  private final List<Duration> ends = new ArrayList<>();
  private Following following;

  /** Follows while {@code meanwhile} happens, and then stops. */
  private void follow(Runnable meanwhile) {
    following = following();
    town.time.play(
        following,
        () -> {
          meanwhile.run();
          following.stop();
        });
  }

  private Following following() {
    return town.engine.follow(
        report -> {
          reports.add(report);
          ends.add(now());
        });
  }

  private void settled() {
    town.rooms.forEach(town::post);
    town.settle();
    town.pass(Duration.ofMinutes(10));
  }

  private Duration now() {
    return Duration.ofNanos(town.time.nanoTime());
  }

  private void pass(Duration duration) {
    town.sleep(duration);
  }

  private ScopeStatus status(RoomId room) {
    return town.engine.local().status().stream()
        .filter(status -> status.scope().equals(Scope.room(room)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void r15_itFillsAnEmptyStoreAndStaysCurrent() {
    town.rooms.forEach(town::post);
    follow(
        () -> {
          pass(Duration.ofMinutes(30));
          town.post(harbour);
          pass(LONGEST.plusSeconds(5));
        });

    town.assertEqualsServer();
    assertThat(town.refusals()).isZero();
    assertThat(following.state().phase()).isEqualTo(Phase.ENDED);
    assertThat(following.state().endedBy()).isNull();
  }

  @Test
  void r15_itPollsSoonerWhereThingsHappenAndLessWhereNothingDoes() {
    settled();
    List<Duration> quiet = new ArrayList<>();
    follow(
        () -> {
          pass(Duration.ofMinutes(20));
          for (int i = 1; i < ends.size(); i++) {
            quiet.add(ends.get(i).minus(ends.get(i - 1)));
          }
          town.post(harbour);
          pass(LONGEST);
          ends.clear();
          for (int i = 0; i < 10; i++) {
            town.post(harbour);
            pass(Duration.ofSeconds(10));
          }
        });

    assertThat(quiet.get(0)).isLessThan(Duration.ofSeconds(25));
    // Between the ends of two runs lies what the second took, too.
    assertThat(quiet.get(quiet.size() - 1))
        .isBetween(LONGEST.minusSeconds(13), LONGEST.plusSeconds(1));
    assertThat(ends).as("in 100 busy seconds").hasSizeBetween(5, 8);
  }

  @Test
  void r15_aHintIsFollowedAtOnceAndItsRoomAskedFirstWhateverTheDirectoryTells() {
    String id = town.post(harbour);
    settled();
    follow(
        () -> {
          pass(Duration.ofMinutes(20));
          town.workspace.messages().edit(id, town.bob, "edited");
          int runs = reports.size();
          following.hint(harbour);
          pass(Duration.ofSeconds(2));
          assertThat(reports).hasSize(runs + 1);
        });

    assertThat(town.stored(harbour).get(id)).contains("edited");
  }

  @Test
  void r15_itStopsAtOnceInTheMiddleOfAWait() {
    settled();
    follow(() -> pass(Duration.ofMinutes(20)));

    assertThat(now().minus(ends.get(ends.size() - 1))).isLessThan(LONGEST);
    assertThat(following.state().runs()).isEqualTo(reports.size());
    assertThat(reports).noneMatch(report -> report.stoppedBy() != null);
  }

  @Test
  void r15_itStopsAtOnceInTheMiddleOfARunAndSaysSo() {
    town.rooms.forEach(town::post);
    Duration[] stopped = new Duration[1];
    follow(
        () -> {
          // Twelve calls do not fit into a window: the run waits.
          pass(Duration.ofSeconds(20));
          assertThat(following.state().phase()).isEqualTo(Phase.RUNNING);
          stopped[0] = now();
        });

    assertThat(now()).isEqualTo(stopped[0]);
    assertThat(reports.get(0).stoppedBy()).extracting(Failure::kind).isEqualTo("cancelled");
    assertThat(following.state().endedBy()).isNull();
  }

  @Test
  void r15_failuresAreReportedRetreatedFromAndOvercome() {
    settled();
    List<Duration> gaps = new ArrayList<>();
    follow(
        () -> {
          town.wire.isDown = true;
          pass(Duration.ofHours(2));
          for (int i = 1; i < ends.size(); i++) {
            gaps.add(ends.get(i).minus(ends.get(i - 1)));
          }
          assertThat(following.state().failuresInARow()).isEqualTo(reports.size());
          town.post(harbour);
          town.wire.isDown = false;
          pass(Duration.ofMinutes(6));
          assertThat(following.state().failuresInARow()).isZero();
        });

    assertThat(gaps).as("in two hours").hasSizeBetween(20, 45);
    assertThat(gaps.get(gaps.size() - 1)).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(6));
    assertThat(reports.get(0).stoppedBy()).extracting(Failure::kind).isEqualTo("unreachable");
    town.assertEqualsServer();
  }

  @Test
  void r15_aHintEndsARetreat() {
    settled();
    follow(
        () -> {
          town.wire.isDown = true;
          pass(Duration.ofHours(2));
          town.wire.isDown = false;
          following.hint();
          pass(Duration.ofSeconds(2));
          assertThat(following.state().failuresInARow()).isZero();
        });
  }

  private void connect(FakeUser user) {
    town.engine =
        Strandline.builder()
            .store(town.store)
            .transport(DirectTransport.over(town.wire, user, town.time))
            .clock(town.time)
            .workers(town.time)
            .build();
  }

  @Test
  void r15_refusedCredentialsEndIt() {
    settled();
    FakeUser ada = town.ada;
    connect(new FakeUser(ada.id(), ada.username(), ada.name(), "expired", ada.roles()));
    follow(() -> pass(Duration.ofMinutes(20)));

    assertThat(reports).hasSize(1);
    assertThat(following.state().endedBy()).extracting(Failure::kind).isEqualTo("not-authorized");
  }

  @Test
  void r15_anotherAccountsStoreEndsIt() {
    settled();
    connect(town.bob);
    follow(() -> pass(Duration.ofMinutes(20)));

    assertThat(reports).hasSize(1);
    assertThat(following.state().endedBy()).extracting(Failure::kind).isEqualTo("store-mismatch");
  }

  @Test
  void r1_r15_itGoesOnWhenTheDeviceWakes() {
    settled();
    follow(
        () -> {
          pass(Duration.ofMinutes(20));
          town.time.suspend(Duration.ofHours(8));
          town.post(harbour);
          pass(Duration.ofSeconds(11));
        });

    town.assertEqualsServer();
  }

  @Test
  void r15_aRoomThatFailsNeitherEndsItNorMakesItPollMore() {
    settled();
    town.options = SyncOptions.builder().retry(RetryPolicy.never()).build();
    town.newEngine();
    town.wire.tooMuch = exchange -> harbour.value().equals(exchange.query().get("roomId"));
    follow(
        () -> {
          town.post(harbour);
          town.post(town.rooms.get(1));
          pass(Duration.ofHours(1));
        });

    assertThat(reports).hasSizeBetween(10, 40);
    assertThat(town.stored(town.rooms.get(1))).isEqualTo(town.shown(town.rooms.get(1)));
    assertThat(town.refusals()).isZero();
  }

  @Test
  void r15_roomsForWhichARunHasNoPlaceAreReadByTheNext() {
    town.rooms.forEach(town::post);
    town.api.rateLimit(new RateLimit(1_000, Duration.ofMinutes(1)));
    following = town.engine.follow(FollowOptions.builder().roomsARun(2).build(), reports::add);
    town.time.play(
        following,
        () -> {
          pass(Duration.ofSeconds(30));
          following.stop();
        });

    assertThat(reports.get(0).left()).isEqualTo(4);
    town.assertEqualsServer();
  }

  @Test
  void r9_r15_statusSaysHowFarBehindARoomCanBe() {
    settled();
    follow(
        () -> {
          pass(Duration.ofMinutes(30));
          Instant server = town.workspace.clock().now();
          Instant news = status(harbour).newsAsOf().toInstant();
          // The longest pause, the time a run takes, and the lookback, within which stamps may lie.
          assertThat(Duration.between(news, server))
              .isBetween(
                  SyncOptions.defaults().lookback(),
                  SyncOptions.defaults().lookback().plus(LONGEST).plusSeconds(3));
          assertThat(town.store.read(reader -> reader.roomState(harbour)).orElseThrow().claim())
              .as("not read since")
              .satisfies(claim -> assertThat(claim.asOf().toInstant()).isBefore(news));
          town.wire.tooMuch = exchange -> exchange.route().equals("chat.syncMessages");
          town.post(harbour);
          pass(Duration.ofMinutes(30));
          assertThat(status(harbour).newsAsOf().toInstant())
              .as("told and not read")
              .isBefore(server);
        });
  }

  @Test
  void closingTheEngineStopsItAndAListenerThatFailsDoesNot() {
    settled();
    following =
        town.engine.follow(
            report -> {
              reports.add(report);
              if (reports.size() == 2) {
                throw new IllegalArgumentException("a listener's mistake");
              }
            });
    town.time.play(
        following,
        () -> {
          pass(Duration.ofMinutes(20));
          town.engine.close();
        });

    assertThat(reports).hasSizeGreaterThan(5);
    assertThat(following.state().phase()).isEqualTo(Phase.ENDED);
    assertThatThrownBy(following::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closeWaitsUntilItHasEnded() {
    settled();
    following = following();
    town.time.play(
        following,
        () -> {
          pass(Duration.ofMinutes(5));
          following.close();
          assertThat(following.state().phase()).isEqualTo(Phase.ENDED);
        });
  }

  @Test
  void otherRunsOfTheEngineFindTheirPlace() {
    settled();
    follow(
        () -> {
          for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(33));
            Harness.complete(town.engine.sync(SyncRequest.room(harbour)));
          }
        });

    assertThat(reports).hasSizeGreaterThan(5).noneMatch(report -> report.stoppedBy() != null);
  }
}
