package dev.strandline.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.simulation.Mutant.Edit;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation can see: without a rule, the engine breaks a promise within so many seeds. And
 * what small histories never reach because a constant is large, they reach where it is small.
 */
class RuleMutantsTest {

  /** An engine without a rule, and within how many seeds the simulation finds that. */
  record Blind(String rule, int seeds, List<Edit> edits) {
    Blind(String rule, int seeds, String file, String text, String replacement) {
      this(rule, seeds, List.of(new Edit(file, text, replacement)));
    }

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Blind> withoutARule() {
    return Stream.of(
        new Blind(
            "R3: the page after a cut begins behind its last millisecond",
            200,
            "Paging",
            "ServerTime after = last.previousMilli();",
            "ServerTime after = last;"),
        new Blind(
            "R4: tombstones are followed by the server's cursor",
            500,
            List.of(
                new Edit("CatchUp", "TOMBSTONES_AT_ONCE = 10_000;", "TOMBSTONES_AT_ONCE = 2;"),
                new Edit(
                    "Paging",
                    "return answer.isCut() ? larger(asked) : null;",
                    "return answer.continuation() == null ? null : new Forward(asked.room(),"
                        + " asked.feed(), answer.continuation(), asked.count());"))),
        new Blind(
            "R5: no lookback",
            500,
            "Session",
            "ServerTime.max(ServerTime.EPOCH, settled.minus(back))",
            "ServerTime.max(ServerTime.EPOCH, settled)"),
        new Blind(
            "R1: a date that nothing confirms moves positions",
            3_000,
            "Settlement",
            "return date == null || !date.isBefore(seen)",
            "return date != null ? date : date == null || !date.isBefore(seen)"),
        new Blind(
            "R6: a pass settles as far as it got",
            40_000,
            List.of(
                new Edit(
                    "Settlement",
                    "return at(start, now, newest);",
                    "return at(newest == null ? start : ServerTime.max(start, newest), now,"
                        + " newest);"),
                new Edit(
                    "Settlement",
                    "return at(ServerTime.min(start, ServerTime.max(now.settled(), reached)), now,"
                        + " reached);",
                    "return at(ServerTime.max(now.settled(), reached), now, reached);"))),
        new Blind(
            "R7: the later stamp wins, not the later reading",
            500,
            "Merge",
            "return poorerCopy || same ? Effect.KEEP : Effect.REPLACE;",
            "return poorerCopy || same || !read.updatedAt().isAfter(stored.updatedAt())"
                + " ? Effect.KEEP : Effect.REPLACE;"),
        new Blind(
            "R7: no graves",
            3_000,
            "Merge",
            "if (grave == null || grave.reason() != Reason.DELETED) {\n      return Standing.LIVES;",
            "if (grave == null || grave.reason() != null) {\n      return Standing.LIVES;"),
        new Blind(
            "R7: what is in question is taken for dead",
            3_000,
            "Merge",
            "? Standing.IN_QUESTION",
            "? Standing.DYING"),
        new Blind(
            "R7: what is in question is never asked for",
            3_000,
            "Questions",
            "return question.why() != Why.LOST_ROOT",
            "return question.why() == Why.LOST_ROOT"),
        new Blind(
            "R9: history is claimed before the feeds were read to their ends again",
            3_000,
            "RoomPass",
            "RoomState now = before.withHistory(reach);",
            "RoomState further = before.withHistory(reach); RoomState now = before.claim() == null"
                + " ? further : further.claimed(before.claim().asOf(), before.claim().told());"),
        new Blind(
            "R8: the feeds begin where the reading of history ended",
            500,
            "RoomPass",
            "RoomState now = before.withHistory(reach);",
            "FeedPosition late = FeedPosition.anchoredAt(ServerTime.max(writer.roomState(room)"
                + ".orElseThrow().updated().seen(), read.answer().askedAt() == null"
                + " ? ServerTime.EPOCH : read.answer().askedAt()));"
                + " RoomState now = before.withHistory(reach).withUpdated(late).withDeleted(late);"),
        new Blind(
            "R10: a room that was away for long is trusted",
            500,
            "Horizon",
            "Duration.ofDays(27)",
            "Duration.ofDays(27_000)"),
        new Blind(
            "R10: an absence is judged by when the feeds were asked about",
            60_000,
            "CatchUp",
            "if (Horizon.passed(now, told)) {",
            "if (Horizon.passed(now, session.calls().clock().told()) && told.date() == null) {"),
        new Blind(
            "R13: a thread's document replaces its room's",
            3_000,
            "Merge",
            "return poorerCopy || same",
            "return same"),
        new Blind(
            "R14: what cannot be understood is dropped",
            500,
            "Applier",
            "if (!writer.quarantine(room, entry, clock.now())) {",
            "if (!entry.json().isEmpty() || !writer.quarantine(room, entry, clock.now())) {"));
  }

  @ParameterizedTest
  @MethodSource("withoutARule")
  void anEngineWithoutARuleIsCaught(Blind mutant) throws Exception {
    OptionalLong seed = Mutant.of(mutant.edits()).firstFailure(mutant.seeds());
    System.out.printf("%s: %s%n", mutant, seed.isPresent() ? "seed " + seed.getAsLong() : "missed");
    assertThat(seed).as("within %d seeds", mutant.seeds()).isPresent();
  }

  /** An engine without a rule, and the story that it gets wrong. */
  record Forgetful(String rule, String story, Edit edit) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Forgetful> withoutARuleOfTheDirectory() {
    return Stream.of(
        new Forgetful(
            "R12: a subscription with another id is the one that is known",
            "begunAgainAndReadWhole",
            new Edit(
                "Memberships",
                "!before.subscriptionId().equals(entry.id())",
                "before.subscriptionId().isEmpty()")),
        new Forgetful(
            "R12: a room that comes back is trusted",
            "begunAgainAndToldAsAChange",
            new Edit(
                "Memberships",
                "state.distrusted(Coverage.Cause.REGAINED)",
                "state.withStale(null)")),
        new Forgetful(
            "R14: an entry of the directory that cannot be understood is dropped",
            "oddSubscription",
            new Edit(
                "Unreadables",
                "for (Unreadable entry : answer.unreadable()) {",
                "for (Unreadable entry : java.util.List.<Unreadable>of()) {")),
        new Forgetful(
            "R14: an entry of the directory stays in quarantine for ever",
            "oddSubscription",
            new Edit("Unreadables", "writer.releaseUnshown(list, shown);", "shown.clear();")));
  }

  @ParameterizedTest
  @MethodSource("withoutARuleOfTheDirectory")
  void anEngineWithoutARuleOfTheDirectoryIsCaught(Forgetful mutant) throws Exception {
    Object itself = DirectoryStories.class.getMethod(mutant.story()).invoke(null);
    assertThat(itself).as("the engine itself").isEqualTo(true);
    assertThat(Mutant.of(List.of(mutant.edit())).keeps(mutant.story())).isFalse();
  }

  static Stream<Blind> withSmallConstants() {
    return Stream.of(
        new Blind(
            "long answers are committed in parts (R2)",
            200,
            "Intake",
            "MOST_HELD = 5_000;",
            "MOST_HELD = 2;"),
        new Blind(
            "tombstones do not fit into one answer (R4)",
            200,
            "CatchUp",
            "TOMBSTONES_AT_ONCE = 10_000;",
            "TOMBSTONES_AT_ONCE = 1;"));
  }

  @ParameterizedTest
  @MethodSource("withSmallConstants")
  void whatOnlyLargeRoomsReachHoldsInSmallOnes(Blind variant) throws Exception {
    assertThat(Mutant.of(variant.edits()).firstFailure(variant.seeds())).isEmpty();
  }
}
