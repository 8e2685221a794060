package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.strandline.Progress;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.Tally;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Change;
import dev.strandline.internal.commit.Commits;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.commit.Scribe;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.journal.JournalLimits;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One writer for many lanes: what is grouped, what is told, and what a failure takes with it. */
class ScribeTest {
  private static final RoomId A = new RoomId("A");
  private static final RoomId B = new RoomId("B");

  private final Workspace workspace = new Workspace();
  private final MemoryStore rows = new MemoryStore();
  private final Counting store = new Counting(rows);
  private final Listeners listeners = new Listeners();
  private final TakingTurns turns = new TakingTurns(new Random(1));
  private final TestClock clock = new TestClock();
  private final Scribe scribe =
      new Scribe(store, new Merge(Duration.ZERO), clock, listeners, turns);
  private final Tally ofA = new Tally(Scope.room(A));
  private final Commits a = commits(ofA);
  private final Commits b = commits(new Tally(Scope.room(B)));
  private int lastId;

  private Commits commits(Tally tally) {
    RunJournal journal = new RunJournal(new TestClock(), JournalLimits.standard());
    return new Commits(store, scribe, tally, journal.pass(tally.scope()), turns);
  }

  @Test
  void r2_whatIsWaitingGoesIntoOneTransaction() {
    withOneLane(
        () -> {
          hand(a, A, 3, writer -> {});
          hand(b, B, 2, writer -> {});
          hand(a, A, 4, writer -> {});
          a.settle();
        });
    assertThat(store.writes).isEqualTo(1);
    assertThat(rows.read(reader -> reader.counts(A)).messages()).isEqualTo(7);
    assertThat(rows.read(reader -> reader.counts(B)).messages()).isEqualTo(2);
  }

  @Test
  void aLaneSeesWhatItHasHandedInBeforeThatIsCommitted() {
    List<Long> seen = new ArrayList<>();
    List<Long> committed = new ArrayList<>();
    withOneLane(
        () -> {
          hand(a, A, 3, writer -> {});
          seen.add(a.read(reader -> reader.counts(A)).messages());
          committed.add(rows.read(reader -> reader.counts(A)).messages());
          hand(a, A, 2, writer -> {});
          seen.add(a.read(reader -> reader.counts(A)).messages());
          a.settle();
          committed.add(rows.read(reader -> reader.counts(A)).messages());
        });
    assertThat(seen).containsExactly(3L, 5L);
    assertThat(committed.get(1)).isEqualTo(5);
    assertThat(store.writes).as("transactions: chance may end one early").isLessThanOrEqualTo(2);
    assertThat(committed.get(0)).isIn(0L, 3L);
  }

  @Test
  void aLaneThatAskedIsToldOfTheFailureOfWhatItHadHandedIn() {
    IllegalStateException broken = new IllegalStateException("no such state");
    List<Throwable> told = new ArrayList<>();
    withOneLane(
        () -> {
          hand(b, B, 1, writer -> {});
          hand(
              a,
              A,
              1,
              writer -> {
                throw broken;
              });
          told.add(catchThrowable(() -> a.read(reader -> reader.counts(A))));
          b.settle();
        });
    assertThat(told).containsExactly(broken);
    assertThat(rows.read(reader -> reader.counts(A)).messages()).isZero();
    assertThat(rows.read(reader -> reader.counts(B)).messages()).isEqualTo(1);
  }

  @Test
  void whatWasAnsweredAndThenRolledBackIsDoneAgainAndNotAnsweredAgain() {
    List<String> asked = new ArrayList<>();
    IllegalStateException broken = new IllegalStateException("no such state");
    withOneLane(
        () -> {
          hand(a, A, 2, writer -> {});
          a.read(reader -> asked.add("asked"));
          hand(
              b,
              B,
              1,
              writer -> {
                throw broken;
              });
          assertThat(catchThrowable(b::settle)).isSameAs(broken);
          a.settle();
        });
    assertThat(asked).containsExactly("asked");
    assertThat(rows.read(reader -> reader.counts(A)).messages()).isEqualTo(2);
  }

  @Test
  void aTransactionThatHasBecomeOldTakesNothingFurther() {
    withOneLane(
        () -> {
          a.soon(writer -> clock.advance(Duration.ofSeconds(1)));
          hand(b, B, 1, writer -> {});
          b.settle();
        });
    assertThat(store.writes).isEqualTo(2);
  }

  @Test
  void aTransactionTakesSoManyRowsAndNoMore() {
    withOneLane(
        () -> {
          for (int i = 0; i < 5; i++) {
            hand(a, A, Scribe.MOST_ROWS / 2, writer -> {});
          }
        });
    assertThat(store.writes).isEqualTo(3);
    assertThat(rows.read(reader -> reader.counts(A)).messages())
        .isEqualTo(5 * (Scribe.MOST_ROWS / 2));
  }

  @Test
  void anErrandThatFailsTakesOnlyItsOwnScopeDown() {
    IllegalStateException broken = new IllegalStateException("no such state");
    List<Throwable> toldToA = new ArrayList<>();
    withOneLane(
        () -> {
          hand(a, A, 1, writer -> {});
          hand(b, B, 1, writer -> {});
          hand(
              a,
              A,
              1,
              writer -> {
                throw broken;
              });
          hand(b, B, 1, writer -> {});
          toldToA.add(catchThrowable(a::settle));
          toldToA.add(catchThrowable(() -> hand(a, A, 1, writer -> {})));
          b.settle();
        });
    assertThat(toldToA).containsExactly(broken, broken);
    assertThat(rows.read(reader -> reader.counts(A)).messages())
        .as("what came before it stays")
        .isEqualTo(1);
    assertThat(rows.read(reader -> reader.counts(B)).messages()).isEqualTo(2);
  }

  @Test
  void aStoreThatFailsIsToldToEveryScope() {
    Commits failing = commits(new Tally(Scope.room(B)));
    List<Throwable> told = new ArrayList<>();
    store.fails = true;
    assertThatThrownBy(
            () ->
                withOneLane(
                    () -> {
                      hand(a, A, 1, writer -> {});
                      told.add(catchThrowable(a::settle));
                      told.add(catchThrowable(failing::settle));
                      told.add(catchThrowable(() -> hand(failing, B, 1, writer -> {})));
                    }))
        .isInstanceOf(Error.class);
    assertThat(told).hasSize(3).allMatch(Error.class::isInstance);
  }

  @Test
  void severalAnswersThatShowOneMessageAreOneChange() {
    List<Object> heard = new ArrayList<>();
    listeners.onChange(heard::add);
    Workspace.Post post = workspace.post("x", A);
    Change first = new Change.Shown(ScriptedServer.message(post));
    post.text = "edited";
    Change second = new Change.Shown(ScriptedServer.message(post));
    withOneLane(
        () -> {
          a.commit(
              A, Applier.Manner.of(Origin.ROOM, AskedAt.UNKNOWN), List.of(first), writer -> {});
          a.commit(
              A, Applier.Manner.of(Origin.ROOM, AskedAt.UNKNOWN), List.of(second), writer -> {});
        });
    assertThat(heard).singleElement().asString().contains("x");
    assertThat(ofA.added()).isEqualTo(1);
  }

  @Test
  void newsIsToldAfterWhatWasHandedInBeforeItIsCommitted() {
    List<String> heard = new ArrayList<>();
    listeners.onChange(changes -> heard.add("changed"));
    listeners.onProgress(progress -> heard.add(progress.getClass().getSimpleName()));
    withOneLane(
        () -> {
          a.tell(new Progress.Started(Scope.room(A)));
          hand(a, A, 1, writer -> {});
          a.tellFirst(new Progress.Waiting(Duration.ofSeconds(1), "a test"));
          heard.add("waits");
        });
    assertThat(heard).containsExactly("Started", "changed", "Applied", "Waiting", "waits");
  }

  private void withOneLane(Runnable lane) {
    scribe.expect(1);
    Runnable whole =
        () -> {
          try {
            lane.run();
          } finally {
            scribe.laneEnded();
          }
        };
    turns.run(() -> scribe.serve(() -> {}), List.of(whole));
  }

  private void hand(Commits scope, RoomId room, int count, Consumer<StoreWriter> positions) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(new Change.Shown(ScriptedServer.message(workspace.post("m" + ++lastId, room))));
    }
    scope.commit(room, Applier.Manner.of(Origin.ROOM, AskedAt.UNKNOWN), changes, positions);
  }

  /** Counts transactions that came to their end. */
  private static final class Counting implements Store {
    private final Store store;
    int writes;
    boolean fails;

    Counting(Store store) {
      this.store = store;
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
      return store.read(work);
    }

    @Override
    public <T> T write(Function<? super StoreWriter, T> work) {
      if (fails) {
        throw new CrashingStore.Crash();
      }
      T result = store.write(work);
      writes++;
      return result;
    }

    @Override
    public List<Finding> check() {
      return store.check();
    }

    @Override
    public void close() {}
  }
}
