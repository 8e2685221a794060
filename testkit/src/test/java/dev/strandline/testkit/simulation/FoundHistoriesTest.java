package dev.strandline.testkit.simulation;

import dev.strandline.GoneRooms;
import dev.strandline.ThreadMode;
import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.simulation.Deed.BackUp;
import dev.strandline.testkit.simulation.Deed.Delete;
import dev.strandline.testkit.simulation.Deed.Edit;
import dev.strandline.testkit.simulation.Deed.Garble;
import dev.strandline.testkit.simulation.Deed.Join;
import dev.strandline.testkit.simulation.Deed.Keep;
import dev.strandline.testkit.simulation.Deed.Leave;
import dev.strandline.testkit.simulation.Deed.Post;
import dev.strandline.testkit.simulation.Deed.Recreate;
import dev.strandline.testkit.simulation.Deed.Rename;
import dev.strandline.testkit.simulation.Deed.Reply;
import dev.strandline.testkit.simulation.Deed.RollBack;
import dev.strandline.testkit.simulation.Deed.Star;
import dev.strandline.testkit.simulation.Deed.Uproot;
import dev.strandline.testkit.simulation.Event.Act;
import dev.strandline.testkit.simulation.Event.Again;
import dev.strandline.testkit.simulation.Event.Crash;
import dev.strandline.testkit.simulation.Event.Fault;
import dev.strandline.testkit.simulation.Event.Leap;
import dev.strandline.testkit.simulation.Event.Meanwhile;
import dev.strandline.testkit.simulation.Event.Moment;
import dev.strandline.testkit.simulation.Event.Run;
import dev.strandline.testkit.simulation.Event.Suspended;
import dev.strandline.testkit.simulation.Event.Task;
import dev.strandline.testkit.simulation.Event.Trouble;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Histories in which the simulation once found a promise broken, shrunk. */
class FoundHistoriesTest {
  private static final int DAYS = 86_400_000;

  @Test
  @DisplayName("R9: a stamp in one list of an answer does not say when the other was asked for")
  void r9_aStampInOneListSaysNothingOfTheOther() {
    play(
        3949,
        new Surroundings(1, 0, 0, 120_000, 1, ServerForm.V8_7, Dates.MINUTES_WRONG, 0),
        new Act(0, 0, 0, new Post("A", "m1", 2)),
        new Act(295_000, 0, 0, new Reply("r2", "m1", 2)),
        run(Task.ROOM, "A", 800_000),
        run(Task.ROOM, "A", 800_000),
        // The later of the two queries shows what was sent after the deletion, and the earlier does
        // not list the deletion.
        new Meanwhile(2, Moment.BETWEEN, 5_000, 0, 0, new Delete("r2")),
        new Meanwhile(2, Moment.BETWEEN, 5_000, 0, 0, new Post("A", "m3", 2)));
  }

  @Test
  @DisplayName("R9: a whole reading that is begun anew keeps no claim of the one it replaces")
  void r9_anAbandonedWholeReadingClaimsNothing() {
    play(
        6968,
        new Surroundings(1, 0, 0, 120_000, 1_000, ServerForm.V7, Dates.CONFIRMED, 0),
        new Act(0, 0, 0, new Post("A", "m1", 1)),
        new Act(0, 0, 0, new Post("A", "m2", 1)),
        new Leap(3_600_000),
        run(Task.ROOM, "A", 0),
        new Act(2_000, 0, 0, new Delete("m1")),
        new Act(2_000, 0, 0, new Edit("m2")),
        new Leap(31L * DAYS),
        run(Task.ROOM, "A", 0),
        // It has claimed, and not yet removed what it was not shown.
        new Crash(6, Moment.AFTER, true),
        new Leap(31L * DAYS));
  }

  @Test
  @DisplayName("R10: a whole reading that is gone on with is followed from where it was begun")
  void r10_aReadingThatIsGoneOnWithIsFollowedFromItsBeginning() {
    play(
        10_019_377,
        new Surroundings(2, 1_000, 30_000, 120_000, 5_000, ServerForm.V8_7, Dates.HOURS_AHEAD, 3),
        new Act(0, 0, 18_178, new Post("A", "m1", 1)),
        new Act(10_000, 858, 29_128, new Reply("r3", "m1", 1)),
        new Run(Task.ROOM, "A", 7, -1, ThreadMode.ALL, GoneRooms.FREEZE, 1, 27_572_928),
        new Leap(31L * DAYS),
        new Run(Task.RECONCILE, "A", 7, 4, ThreadMode.ALL, GoneRooms.FREEZE, 1, 27_573_368),
        // It has noted that m1 is there, and gone no further.
        new Crash(5, Moment.BEFORE, true),
        new Act(0, 0, 19_616, new Uproot("m1")),
        // When the reading is gone on with this is the newest, and the deletion is long before it.
        new Act(1_215_000, 553, 16_837, new Star("r3", 2)));
  }

  @Test
  @DisplayName(
      "R11: where deletions are hidden for a while, a room that was not claimed yet is doubted")
  void r11_aRoomThatWasReadAndNotClaimedIsDoubtedToo() {
    play(
        20_101_887,
        new Surroundings(2, 20_000, 0, 120_000, 100, ServerForm.V8_7, Dates.MINUTES_WRONG, 0),
        new Act(0, -7_103, 0, new Post("A", "m9", 1)),
        new Act(300, 0, 0, new Post("B", "m10", 0)),
        new Run(Task.EVERYTHING, "", 3, 0, ThreadMode.NONE, GoneRooms.FREEZE, 1, 534_771),
        new Crash(9, Moment.BEFORE, false),
        new Act(20_300, -8_082, 0, new Keep(true, false)),
        new Act(0, 10_826, 0, new Delete("m9")),
        // This run learns that deletions are hidden; the next one that they no longer are.
        new Run(Task.THREAD, "m2", 1, 0, ThreadMode.NONE, GoneRooms.FREEZE, 1, -118_938),
        new Act(100, -11_684, 0, new Keep(false, true)),
        new Leap(10_800_000));
  }

  @Test
  @DisplayName("R9: a pass of several pages takes time although all have the same date")
  void r9_aDateOfWholeSecondsHidesTheTimeThatAPassTakes() {
    play(
        20_141_540,
        new Surroundings(1, 0, 10, 17, 1, ServerForm.V8_7, Dates.MINUTES_WRONG, 0),
        new Act(0, 0, 0, new Post("A", "m1", 0)),
        new Act(0, 0, 0, new Post("A", "m2", 1)),
        new Act(0, 0, 8, new Reply("r3", "m1", 1)),
        new Act(23, 0, 5, new Recreate("m2")),
        new Run(Task.THREAD, "m1", 7, 0, ThreadMode.NONE, GoneRooms.FREEZE, 1, 451_193),
        new Meanwhile(3, Moment.AFTER, 0, 0, 6, new Post("A", "m9", 0)),
        new Meanwhile(2, Moment.AFTER, 14, 0, 0, new Post("A", "m18", 2)),
        new Run(Task.ROOM, "A", 7, 0, ThreadMode.ALL, GoneRooms.FREEZE, 1, 451_193),
        new Leap(28L * DAYS),
        new Run(Task.ROOM, "A", 1, -1, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 451_193),
        new Meanwhile(1, Moment.AFTER, 0, 0, 4, new Post("A", "m30", 0)),
        new Meanwhile(1, Moment.AFTER, 1, 0, 1, new Recreate("m21")),
        new Meanwhile(5, Moment.AFTER, 1, 0, 3, new Post("A", "m32", 0)),
        new Meanwhile(5, Moment.AFTER, 2, 0, 0, new Rename(1)),
        new Meanwhile(11, Moment.BEFORE, 4, 0, 0, new Post("A", "m33", 1)));
  }

  @Test
  @DisplayName("R6: a page that was answered late was read late, however early it was asked for")
  void r6_thePassHasTakenUpToTheAnswerAndNotOnlyUpToTheQuestion() {
    play(
        21_041_881,
        new Surroundings(1, 1_000, 30_000, 32_007, 100, ServerForm.V8_7, Dates.HOURS_AHEAD, 4),
        new Act(0, 0, 13_779, new Post("A", "m1", 1)),
        new Act(300, 0, 0, new Post("A", "m2", 1)),
        new Act(0, 658, 5_261, new Post("A", "m3", 0)),
        new Act(0, -70, 0, new Post("A", "m4", 2)),
        new Act(14_700, 202, 13_664, new Recreate("m3")),
        new Act(1_200, 0, 6_822, new Post("A", "m6", 1)),
        new Act(300, 0, 4_651, new Post("A", "m7", 2)),
        new Act(200, 0, 0, new Post("A", "m8", 2)),
        new Run(Task.ROOM, "A", 5, -1, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 33_614_203),
        new Meanwhile(2, Moment.AFTER, 100, -294, 24_896, new Post("A", "m9", 0)),
        new Meanwhile(4, Moment.BEFORE, 25_200, 0, 0, new Post("A", "m10", 1)),
        new Meanwhile(4, Moment.BEFORE, 0, -11, 0, new Post("A", "m11", 0)),
        new Act(0, 0, 15_997, new Post("A", "m21", 2)),
        new Act(100, 0, 20_195, new Edit("m10")),
        new Act(0, -51, 12_512, new Rename(1)),
        new Act(17_300, 0, 8_166, new Rename(0)),
        new Run(Task.ROOM, "A", 7, 0, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 33_632_960),
        new Meanwhile(2, Moment.BETWEEN, 0, 0, 0, new Rename(2)),
        new Trouble(5, Fault.SERVER_ERROR, 1),
        new Meanwhile(6, Moment.BEFORE, 26_200, 839, 0, new Rename(2)));
  }

  @Test
  @DisplayName("R7: what another workspace deleted does not keep this one's messages out")
  void r7_gravesOfAWorkspaceThatWasReplacedBuryNothing() {
    play(
        14246,
        new Surroundings(1, 0, 0, 10, 1, ServerForm.V7, Dates.RIGHT, 0),
        new Act(0, 0, 0, new Post("A", "m1", 1)),
        new Act(100, 0, 0, new Post("A", "m2", 1)),
        new Act(100, 0, 0, new Post("A", "m3", 1)),
        new Act(1, 0, 0, new BackUp()),
        new Act(50, 0, 0, new Delete("m1")),
        // Of its history only the newest message is read, but its deletions are.
        new Run(Task.ROOM, "A", 1, 0, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Act(0, 0, 0, new RollBack(true)),
        new Leap(3L * DAYS));
  }

  @Test
  @DisplayName("R9: a stamp that a late page shows is no moment up to which the first was complete")
  void r9_aStampShownLateInAPassIsNoTimeAtWhichItBegan() {
    play(
        6_015_041,
        new Surroundings(2, 1_000, 1_000, 120_000, 100, ServerForm.V8_7, Dates.MINUTES_WRONG, 0),
        new Act(100, 0, 376, new Post("A", "m1", 2)),
        new Act(0, -580, 0, new Post("A", "m2", 2)),
        new Act(1_700, 924, 0, new Reply("r3", "m1", 2)),
        new Act(0, 923, 810, new Reply("r5", "m1", 1)),
        new Act(100, 0, 0, new Post("A", "m6", 2)),
        new Act(300, 891, 841, new Reply("r7", "m1", 0)),
        new Act(0, 257, 436, new Reply("r9", "m1", 2)),
        new Leap(31L * DAYS),
        new Act(0, 763, 612, new Rename(2)),
        new Run(Task.ROOM, "A", 1, -1, ThreadMode.AUTO, GoneRooms.PURGE, 3, 410_659),
        new Meanwhile(4, Moment.AFTER, 200, 0, 334, new Join("B")),
        new Meanwhile(4, Moment.AFTER, 200, 317, 0, new Recreate("r17")),
        new Meanwhile(4, Moment.AFTER, 300, 400, 26, new Reply("r27", "m1", 2)),
        // Sent while a process writes slowly, and seen when the next pass has begun.
        new Meanwhile(7, Moment.AFTER, 200, -925, 428, new Reply("r29", "r9", 0)),
        new Act(0, -775, 0, new Reply("r33", "m1", 2)),
        new Act(0, 0, 0, new Rename(1)),
        new Run(Task.ROOM, "A", 5, -1, ThreadMode.NONE, GoneRooms.PURGE, 3, 410_659),
        new Meanwhile(3, Moment.AFTER, 25_800, 367, 584, new Edit("m6")),
        new Meanwhile(4, Moment.BEFORE, 300, 0, 530, new Delete("r7")));
  }

  @Test
  @DisplayName(
      "R11: settings that hide deletions put every room in doubt, also those not asked for")
  void r11_hiddenDeletionsPutRoomsInDoubtThatTheRunLeavesOut() {
    play(
        6_000_964,
        new Surroundings(3, 1_000, 30_000, 120_000, 5_000, ServerForm.V8_7, Dates.COARSE, 0),
        new Act(0, 240, 24_831, new Post("C", "m2", 2)),
        new Leap(145_000),
        new Run(Task.EVERYTHING, "", 3, 5, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Act(10_000, -833, 15_464, new Keep(true, false)),
        new Act(5_000, -720, 28_899, new Delete("m2")),
        new Run(Task.ROOM, "B", 3, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Act(10_000, -386, 27_372, new Keep(true, true)));
  }

  @Test
  @DisplayName("R11: what a whole reading had shown may be gone again where deletions were hidden")
  void r11_aWholeReadingBegunWhileDeletionsAreHiddenIsDoubtedWhenItEnds() {
    play(
        61_052_881,
        new Surroundings(1, 0, 3, 10, 1, ServerForm.V7, Dates.NONE, 2),
        new Act(0, 0, 3, new Post("A", "m1", 1)),
        new Run(Task.ROOM, "A", 2, 3, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Act(3, 0, 0, new Keep(true, false)),
        new Run(Task.ROOM, "A", 2, -1, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 0),
        new Crash(12, Moment.BEFORE, true),
        new Act(25, 0, 1, new Post("A", "m7", 0)),
        new Act(20, 0, 0, new Delete("m1")),
        new Leap(10_800_000),
        new Run(Task.THREAD, "m2", 5, -1, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Act(0, 0, 0, new Keep(false, false)),
        new Act(5, 0, 1, new Delete("m7")));
  }

  @Test
  @DisplayName("R14: an old deletion takes nothing newer out of quarantine")
  void r14_anOlderDeletionLeavesANewerEntryInQuarantine() {
    play(
        6_001_663,
        new Surroundings(3, 0, 3, 10, 1, ServerForm.V8_7, Dates.COARSE, 0),
        new Act(3, 0, 0, new Post("A", "m3", 2)),
        run(Task.ROOM, "A", 0),
        new Act(0, 0, 0, new Delete("m3")),
        new Leap(10_800_000),
        new Act(0, 0, 0, new Recreate("m3")),
        new Act(1, 0, 0, new Garble("m3")));
  }

  @Test
  @DisplayName("R14: nor one whose stamp cannot be read, where it was sent after the deletion")
  void r14_anOlderDeletionLeavesAnEntryWithoutAStampThatWasSentAfterIt() {
    play(
        40_000_106,
        new Surroundings(1, 0, 10, 17, 1, ServerForm.V8_7, Dates.NONE, 0),
        new Act(26, 0, 0, new Post("A", "m25", 2)),
        new Run(Task.ROOM, "A", 1, 0, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 0),
        new Act(1, 0, 0, new Delete("m25")),
        new Leap(259_200_000),
        new Act(3, 0, 0, new Post("A", "m40", 1)),
        new Act(0, 0, 5, new Recreate("m25")),
        new Act(1, 0, 0, new Rename(2)),
        new Act(3, 0, 7, new Post("A", "m48", 1)),
        new Act(0, 0, 0, new Post("A", "m49", 1)),
        new Act(2, 0, 0, new Garble("m25")));
  }

  @Test
  @DisplayName("R9: a room that is left while the directory is read has not said that it is quiet")
  void r9_aRoomLeftBetweenTheTwoListsIsNotTakenForQuiet() {
    play(
        60_042_389,
        new Surroundings(1, 20_000, 0, 40_007, 5_000, ServerForm.V8_7, Dates.RIGHT, 5),
        new Run(Task.EVERYTHING, "", 3, -1, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Meanwhile(5, Moment.AFTER, 0, 0, 0, new Post("A", "m9", 1)),
        new Leap(1_630_000),
        new Run(Task.CHANGES, "", 3, 4, ThreadMode.ALL, GoneRooms.PURGE, 1, 0),
        new Meanwhile(3, Moment.BEFORE, 70_000, 4_191, 0, new Leave("A")));
  }

  @Test
  @DisplayName("R10: who left before the device slept for a month is not told, and has not said so")
  void r10_aRoomLeftBeforeTheDeviceSleptForAMonthIsNotTakenForQuiet() {
    play(
        700_374_099,
        new Surroundings(1, 0, 0, 7, 1, ServerForm.V8_7, Dates.RIGHT, 5, false, true),
        new Act(0, 0, 0, new Post("A", "m1", 1)),
        new Run(Task.CHANGES, "", 7, 0, ThreadMode.NONE, GoneRooms.PURGE, 1, 0),
        new Act(10, 0, 0, new Leave("A")),
        new Act(75, 0, 0, new Post("A", "m14", 1)),
        new Leap(4_920_000),
        new Again(Task.CHANGES, "", 1, 0),
        new Suspended(2, 2_678_400_000L));
  }

  @Test
  @DisplayName("R13: what hangs on a lost root is not claimed with a part of history either")
  void r13_repliesOfALostRootAreDoubtedWhereverHistoryReachesThem() {
    play(
        63_382_046,
        new Surroundings(1, 10, 0, 27, 1, ServerForm.V8_7, Dates.CONFIRMED, 2),
        new Act(0, 1, 0, new Post("A", "m1", 2)),
        new Act(12, 4, 0, new Reply("r2", "m1", 0)),
        new Act(0, 8, 0, new Reply("r3", "m1", 2)),
        new Act(0, 0, 0, new Reply("r4", "m1", 2)),
        new Act(0, 7, 0, new Post("A", "m5", 0)),
        new Act(15, 0, 0, new Reply("r9", "m1", 1)),
        new Act(41, 3, 0, new Reply("r10", "m1", 1)),
        new Run(Task.THREAD, "m1", 7, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Act(0, -8, 0, new Delete("r9")),
        new Act(9, -2, 0, new Uproot("m1")),
        new Leap(2_678_400_000L),
        new Run(Task.THREAD, "m1", 1, 0, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 0),
        new Act(0, 4, 0, new Post("A", "m20", 1)));
  }

  @Test
  @DisplayName("R11: that deletions were hidden is not forgotten where the process dies at once")
  void r11_whatTheServerSaidOfItselfIsWrittenWithWhatFollowsFromIt() {
    play(
        3_654,
        new Surroundings(2, 0, 10, 17, 1, ServerForm.V7, Dates.RIGHT, 5),
        new Act(3, 0, 4, new Post("B", "m2", 0)),
        new Leap(235),
        new Run(Task.CHANGES, "", 1, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Act(0, 0, 9, new Keep(true, false)),
        new Act(22, 0, 5, new Delete("m2")),
        new Leap(259_200_000),
        new Run(Task.ROOM, "A", 20, 6, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 0),
        new Crash(2, Moment.AFTER, true),
        new Act(18, 0, 8, new Keep(true, true)));
  }

  @Test
  @DisplayName("R10: of a workspace that was replaced it is not known until when it was complete")
  void r10_aReplacedWorkspaceLeavesNoMomentOfCompleteness() {
    play(
        110_031_287,
        new Surroundings(1, 10, 0, 27, 1, ServerForm.V7, Dates.CONFIRMED, 3),
        new Act(2, 0, 0, new Post("A", "m1", 1)),
        new Act(2, 0, 0, new Post("A", "m9", 1)),
        new Run(Task.ROOM, "A", 1, 4, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Act(1, 0, 0, new BackUp()),
        new Act(15, 0, 0, new Post("A", "m15", 0)),
        new Act(3, 0, 0, new Post("A", "m16", 0)),
        new Again(Task.CHANGES, "", 2, 0),
        new Meanwhile(9, Moment.BEFORE, 25, -1, 0, new Delete("m16")),
        new Leap(3_780_000),
        new Again(Task.ROOM, "A", 2, 0),
        // The claim follows what the one workspace showed with what the other does not know.
        new Meanwhile(5, Moment.BEFORE, 0, 0, 0, new RollBack(true)));
  }

  @Test
  @DisplayName("R10: without dates the latest reply tells how long a thread was away")
  void r10_aThreadWithoutDatesIsReadWholeAfterAMonth() {
    play(
        130_734_555,
        new Surroundings(1, 20_000, 30_000, 120_000, 1_000, ServerForm.V7, Dates.NONE, 6),
        new Act(0, -7_489, 0, new Post("A", "m1", 2)),
        new Act(0, 19_038, 1_204, new Reply("r2", "m1", 0)),
        new Act(0, 0, 5_763, new Post("A", "m3", 1)),
        new Act(0, 0, 0, new Reply("r10", "m1", 1)),
        new Act(0, 7_286, 4_052, new Reply("r11", "m1", 0)),
        new Act(15_000, -6_350, 16_567, new Rename(1)),
        new Run(Task.ROOM, "A", 2, 5, ThreadMode.ALL, GoneRooms.FREEZE, 2, 0),
        new Act(2_000, 0, 0, new Reply("r21", "m1", 2)),
        new Again(Task.CHANGES, "", 1, 0),
        new Act(0, -2_016, 0, new Delete("r11")),
        new Leap(31L * DAYS),
        new Run(Task.THREAD, "m1", 7, -1, ThreadMode.AUTO, GoneRooms.FREEZE, 2, 0),
        new Meanwhile(1, Moment.BEFORE, 3_000, 0, 3_741, new Rename(2)),
        new Meanwhile(1, Moment.BEFORE, 289_000, 0, 14_819, new Delete("m17")),
        new Again(Task.THREAD, "m1", 1, 0));
  }

  @Test
  @DisplayName("R11: a first reading while deletions are hidden is in doubt before it claims")
  void r11_aFirstReadingThatBreaksOffWhileDeletionsAreHiddenIsInDoubt() {
    play(
        130_776_874,
        new Surroundings(1, 1_000, 0, 120_000, 1_000, ServerForm.V8_7, Dates.RIGHT, 6),
        new Act(0, 949, 0, new Post("A", "m1", 1)),
        new Act(267_000, 0, 0, new Post("A", "m2", 1)),
        new Act(0, 0, 0, new Post("A", "m7", 2)),
        new Act(39_000, 853, 0, new Post("A", "m8", 1)),
        new Act(3_000, 0, 0, new Post("A", "m10", 1)),
        new Act(2_000, 556, 0, new Post("A", "m11", 2)),
        new Act(3_000, 0, 0, new Post("A", "m12", 1)),
        new Run(Task.CHANGES, "", 2, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, 0),
        new Meanwhile(1, Moment.BEFORE, 147_000, 65, 0, new Keep(true, false)),
        new Crash(6, Moment.AFTER, true),
        new Act(3_000, -904, 0, new Delete("m12")),
        new Act(0, 238, 0, new Keep(false, false)),
        new Act(23_000, 160, 0, new Post("A", "m20", 2)));
  }

  @Test
  @DisplayName(
      "R10: a deletion under way while a room is counted is one however late it is heard of")
  void r10_aDeletionThatIsUnderWayWhileARoomIsCountedVoidsTheCount() {
    play(
        170_505_094,
        new Surroundings(
            1, 1_000, 1_000, 120_000, 5_000, ServerForm.V7, Dates.CONFIRMED, 0, true, true),
        new Act(190_000, 690, 148, new Post("A", "m2", 1)),
        new Act(5_000, -779, 0, new Post("A", "m7", 1)),
        new Act(60_000, 206, 446, new Post("A", "m21", 2)),
        new Act(95_000, 0, 0, new Post("A", "m22", 2)),
        new Run(Task.ROOM, "A", 5, -1, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Act(50_000, 0, 399, new Delete("m7")),
        new Leap(31L * DAYS),
        new Run(Task.CHANGES, "", 1, -1, ThreadMode.ALL, GoneRooms.FREEZE, 1, 0),
        new Meanwhile(6, Moment.BEFORE, 0, 0, 863, new Post("A", "m32", 0)),
        new Meanwhile(8, Moment.AFTER, 105_000, 0, 184, new Delete("m2")),
        new Meanwhile(11, Moment.BETWEEN, 10_000, 424, 311, new Delete("m20")),
        // The listing still shows what is being deleted; a quarter of an hour later it does not.
        new Meanwhile(11, Moment.AFTER, 1_060_000, -340, 0, new Edit("m11")));
  }

  @Test
  @DisplayName("R6: a pass of which an answer has no date settles nothing that was shown within it")
  void r6_aPassWhoseLastAnswerHasNoDateSettlesWhatWasSeenBefore() {
    play(
        200_069_641,
        new Surroundings(
            1, 1_000, 0, 2_007, 5_000, ServerForm.V8_7, Dates.HOURS_AHEAD, 6, false, false),
        new Act(10_000, 0, 0, new Post("A", "m1", 0)),
        new Run(Task.CHANGES, "", 3, -1, ThreadMode.NONE, GoneRooms.FREEZE, 2, 1_013_993),
        new Meanwhile(6, Moment.BEFORE, 5_000, 0, 0, new Reply("r13", "m1", 1)),
        new Leap(31L * DAYS),
        new Run(Task.EVERYTHING, "", 2, -1, ThreadMode.NONE, GoneRooms.FREEZE, 2, 1_052_417),
        new Trouble(1, Fault.MALFORMED, 1),
        new Meanwhile(7, Moment.AFTER, 15_000, -614, 0, new Reply("r20", "m1", 2)),
        new Meanwhile(9, Moment.AFTER, 0, -894, 0, new Rename(2)),
        new Meanwhile(9, Moment.AFTER, 70_000, 183, 0, new Post("A", "m21", 2)),
        new Trouble(10, Fault.UNDATED, 4));
  }

  private static Run run(Task task, String scope, int date) {
    return new Run(task, scope, 20, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, date);
  }

  private static void play(long seed, Surroundings surroundings, Event... events) {
    Simulation.overMemory().play(new Script(seed, surroundings, List.of(events)));
  }
}
