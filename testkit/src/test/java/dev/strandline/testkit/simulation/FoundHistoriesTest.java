package dev.strandline.testkit.simulation;

import dev.strandline.GoneRooms;
import dev.strandline.ThreadMode;
import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.simulation.Deed.BackUp;
import dev.strandline.testkit.simulation.Deed.Delete;
import dev.strandline.testkit.simulation.Deed.Edit;
import dev.strandline.testkit.simulation.Deed.Post;
import dev.strandline.testkit.simulation.Deed.Reply;
import dev.strandline.testkit.simulation.Deed.RollBack;
import dev.strandline.testkit.simulation.Event.Act;
import dev.strandline.testkit.simulation.Event.Crash;
import dev.strandline.testkit.simulation.Event.Leap;
import dev.strandline.testkit.simulation.Event.Meanwhile;
import dev.strandline.testkit.simulation.Event.Moment;
import dev.strandline.testkit.simulation.Event.Run;
import dev.strandline.testkit.simulation.Event.Task;
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

  private static Run run(Task task, String scope, int date) {
    return new Run(task, scope, 20, -1, ThreadMode.NONE, GoneRooms.FREEZE, 1, date);
  }

  private static void play(long seed, Surroundings surroundings, Event... events) {
    Simulation.overMemory().play(new Script(seed, surroundings, List.of(events)));
  }
}
