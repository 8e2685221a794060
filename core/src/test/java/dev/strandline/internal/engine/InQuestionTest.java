package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.SyncReport;
import dev.strandline.model.Coverage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R7: what a deletion and a showing of one message come to, from the answers of whole runs. */
class InQuestionTest {
  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  /** What tells the server's time. */
  enum Clock {
    /** Every answer carries the limiter's headers. */
    COUNTED,
    /** The limiter lets the account pass: the settings alone confirm the time. */
    EXEMPT,
    /** The limiter is off: there is nothing but a date. */
    DATED
  }

  private void clock(Clock clock) {
    server.confirmed = clock != Clock.DATED;
    server.exempt = clock == Clock.EXEMPT;
  }

  private Coverage coverage() {
    return LocalCopy.of(device.rows).room(Workspace.ROOM).orElseThrow().coverage();
  }

  private static int questions(SyncReport report) {
    return report.routes().getOrDefault("message", 0);
  }

  @ParameterizedTest
  @CsvSource({"COUNTED, 135", "COUNTED, 86400", "EXEMPT, 720", "DATED, 135", "DATED, 720"})
  void r7_aMessageFromTheFutureThatIsDeletedGoes(Clock clock, long secondsAhead) {
    clock(clock);
    workspace.post("a");
    workspace.post("fast").stamp += Duration.ofSeconds(secondsAhead).toMillis();
    device.pass(Duration.ofMinutes(1));
    device.sync();
    device.pass(Duration.ofMinutes(1));
    workspace.delete("fast");
    device.pass(Duration.ofSeconds(10));
    SyncReport report = device.sync();
    device.assertEqualsTheServer();
    assertThat(coverage().isComplete()).isTrue();
    assertThat(questions(report)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Clock.class)
  void r7_anIdThatIsSentAgainAtOnceIsThereAndSettledByOneQuestion(Clock clock) {
    clock(clock);
    workspace.post("a");
    workspace.post("again");
    device.pass(Duration.ofMinutes(1));
    device.sync();
    workspace.delete("again");
    device.pass(Duration.ofSeconds(1));
    workspace.post("again").text = "once more";
    device.pass(Duration.ofSeconds(10));
    device.sync();
    device.assertEqualsTheServer();
    assertThat(device.message("again").orElseThrow().json()).contains("once more");
    assertThat(coverage()).isInstanceOf(Coverage.Complete.class);
    assertThat(coverage().isComplete()).as("complete but for one in question").isFalse();
    device.pass(Duration.ofHours(1));
    workspace.post("later");
    device.pass(Duration.ofMinutes(1));
    int asked = questions(device.sync());
    assertThat(coverage().isComplete()).isTrue();
    device.assertEqualsTheServer();
    device.pass(Duration.ofHours(1));
    asked += questions(device.sync());
    assertThat(asked).isLessThanOrEqualTo(1);
    device.assertEqualsTheServer();
  }

  @Test
  void r7_whatIsInQuestionAndGoneGoesByTheSameQuestion() {
    clock(Clock.COUNTED);
    workspace.post("a");
    workspace.post("dying");
    device.pass(Duration.ofMinutes(1));
    device.sync();
    workspace.edit("dying");
    workspace.bury("dying");
    device.pass(Duration.ofSeconds(10));
    device.sync();
    assertThat(coverage().isComplete()).isFalse();
    device.pass(Duration.ofMinutes(5));
    device.sync();
    assertThat(coverage().isComplete()).as("it is still shown").isFalse();
    workspace.unlink("dying");
    device.pass(Duration.ofMinutes(20));
    SyncReport report = device.sync();
    assertThat(questions(report)).isOne();
    assertThat(coverage().isComplete()).isTrue();
    device.assertEqualsTheServer();
  }

  @ParameterizedTest
  @EnumSource(Clock.class)
  void r10_aRoomThatIsQuietForFortyDaysCostsOneCallARun(Clock clock) {
    clock(clock);
    workspace.posts("m", 3, Duration.ofMinutes(1));
    device.pass(Duration.ofMinutes(20));
    device.sync();
    for (int day = 0; day < 40; day++) {
      device.pass(Duration.ofDays(1));
      device.sync();
      assertThat(server.log).as("day %s", day).hasSize(1);
    }
    assertThat(coverage().isComplete()).isTrue();
    device.assertEqualsTheServer();
  }

  @ParameterizedTest
  @CsvSource({"COUNTED, 210", "EXEMPT, 210", "DATED, 210", "DATED, 840", "COUNTED, 840"})
  void r1_aServersClockThatIsSetBackLosesNothing(Clock clock, long secondsBack) {
    clock(clock);
    workspace.posts("m", 3, Duration.ofMinutes(20));
    device.pass(Duration.ofMinutes(20));
    device.sync();
    device.pass(Duration.ofSeconds(30));
    device.sync();
    workspace.pass(Duration.ofSeconds(-secondsBack));
    device.pass(Duration.ofSeconds(30));
    workspace.post("new");
    device.pass(Duration.ofSeconds(30));
    device.sync();
    device.assertEqualsTheServer();
    for (int run = 0; run < 20; run++) {
      device.pass(Duration.ofSeconds(50));
      workspace.post("n" + run);
      device.pass(Duration.ofSeconds(10));
      device.sync();
    }
    device.assertEqualsTheServer();
    device.pass(Duration.ofDays(1));
    device.sync();
    device.assertEqualsTheServer();
  }
}
