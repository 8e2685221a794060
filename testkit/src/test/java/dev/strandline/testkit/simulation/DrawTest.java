package dev.strandline.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.testkit.simulation.ServerRecord.Exemption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises what further draws add to a history, and how long what they do is exempt. */
class DrawTest {
  private static final long NOON = Instant.parse("2025-10-09T12:00:00Z").toEpochMilli();

  @Test
  void withoutDrawsASeedDrawsWhatItAlwaysDrew() {
    for (long seed = 0; seed < 200; seed++) {
      assertThat(Script.draw(seed, Set.of())).isEqualTo(new Drawing(seed).script());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDrawTakesPartInSomeHistoriesAndNotAlwaysInTheSameWay(Draw draw) {
    int with = 0;
    for (long seed = 0; seed < 100; seed++) {
      Script script = Script.draw(seed, Set.of(draw));
      assertThat(Script.draw(seed, Set.of(draw))).isEqualTo(script);
      with += script.surroundings().has(draw) ? 1 : 0;
    }
    assertThat(with).isBetween(draw.chance() == 1 ? 100 : 25, 100);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FAR_STAMPS",
        "BRIDGED_TIMES",
        "CLOCK_STEPS",
        "UNREADABLE_DELETIONS",
        "BEGUN_AGAIN",
        "MOVED",
        "LONG_PRUNES",
        "SENT_AGAIN"
      })
  void whatADrawAddsLeavesTheRestOfTheScriptAsItIs(Draw draw) {
    for (long seed = 0; seed < 100; seed++) {
      List<Event> drawn = new Drawing(seed).script().events();
      Script script = Script.draw(seed, Set.of(draw));
      assertThat(script.events()).containsSubsequence(drawn);
      boolean longer = script.events().size() > drawn.size();
      assertThat(longer).isEqualTo(script.surroundings().has(draw));
    }
  }

  @Test
  void allDrawsTogetherDrawEachOfThem() {
    Set<Draw> seen = EnumSet.noneOf(Draw.class);
    for (long seed = 0; seed < 100; seed++) {
      seen.addAll(Script.draw(seed, EnumSet.allOf(Draw.class)).surroundings().draws());
    }
    assertThat(seen).containsExactlyInAnyOrder(Draw.values());
  }

  @Test
  void aMomentThatTheClockShowsTwiceIsTheFirst() {
    Timeline time = new Timeline(ServerClock.manual(Instant.ofEpochMilli(NOON)));
    assertThat(time.trueTimeOf(NOON + 5)).isEqualTo(NOON + 5);
    time.advance(1_000);
    time.step(-600);
    time.advance(2_000);
    assertThat(time.now()).isEqualTo(NOON + 2_400);
    assertThat(time.trueNow()).isEqualTo(NOON + 3_000);
    assertThat(time.trueTimeOf(NOON + 500)).as("shown before").isEqualTo(NOON + 500);
    assertThat(time.trueTimeOf(NOON + 1_000)).as("shown last before").isEqualTo(NOON + 1_000);
    assertThat(time.trueTimeOf(NOON + 1_001)).as("shown after").isEqualTo(NOON + 1_601);
  }

  @Test
  void aMomentThatTheClockLeftOutIsWhenItWasSet() {
    Timeline time = new Timeline(ServerClock.manual(Instant.ofEpochMilli(NOON)));
    time.advance(1_000);
    time.step(600_000);
    assertThat(time.trueTimeOf(NOON + 5_000)).isEqualTo(NOON + 1_000);
    assertThat(time.trueTimeOf(NOON + 601_500)).isEqualTo(NOON + 1_500);
  }

  @Test
  void anExemptionIsForClaimsFromItsBeginningToItsEnd() {
    ServerRecord record = new ServerRecord();
    record.exempt("m", 100);
    assertThat(record.isUnclaimed("m", 99, true)).isFalse();
    assertThat(record.isUnclaimed("m", 100, true)).isTrue();
    record.endExemption("m", 200);
    assertThat(record.isUnclaimed("m", 200, true)).isTrue();
    assertThat(record.isUnclaimed("m", 201, true)).isFalse();
    assertThat(record.isExempt("m", 300)).isFalse();
    record.exempt("m", 400);
    assertThat(record.isExempt("m", 400)).as("it can begin again").isTrue();
  }

  @Test
  void whatIsExemptForTheClocksSakeEndsByItself() {
    ServerRecord record = new ServerRecord();
    record.exempt("clock", new Exemption(100, Long.MAX_VALUE, true));
    record.exempt("later", new Exemption(300, Long.MAX_VALUE, true));
    record.exempt("other", new Exemption(100, Long.MAX_VALUE, false));
    record.endExemptionsByClock(200);
    assertThat(record.isExempt("clock", 400)).isFalse();
    assertThat(record.isExempt("later", 400)).isTrue();
    assertThat(record.isExempt("other", 400)).isTrue();
  }

  @Test
  void whatWasStampedBackIsClaimedAgainAfterwards() {
    ServerRecord record = new ServerRecord();
    record.takeDown(100, Map.of("m", message(100)));
    record.takeDown(200, Map.of("m", message(90)));
    assertThat(record.isUnclaimed("m", 200, true)).isTrue();
    assertThat(record.isUnclaimed("m", 201, true)).isFalse();
    assertThat(record.isUnclaimed("m", 201, false)).isTrue();
  }

  private static Message message(long stamp) {
    ServerTime at = ServerTime.ofEpochMilli(stamp);
    String json = "{\"_id\":\"m\",\"stamp\":" + stamp + "}";
    return Message.builder(new MessageId("m"), new RoomId("A"), at, at, json).build();
  }
}
