package dev.strandline.internal.commit;

import dev.strandline.Progress;
import dev.strandline.internal.journal.Leaf;
import dev.strandline.internal.journal.Standing;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.Positions;
import dev.strandline.model.RoomId;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that a scope has handed to the {@link Scribe}. */
sealed interface Errand {

  /** The scope that handed it in. */
  Commits from();

  /** How many changes it holds in memory. */
  default int rows() {
    return 0;
  }

  /** About how much memory those take. */
  default long bytes() {
    return 0;
  }

  /** Does its part of the transaction. Done again where the transaction was rolled back. */
  void write(StoreWriter writer, Appliers appliers);

  /** It is committed. */
  default void committed() {}

  /** What to tell once it is committed; null for nothing. */
  default @Nullable Progress news() {
    return null;
  }

  /** Changes, the position that they justify, and what the journal says of them (R2). */
  final class Rows implements Errand {
    private final Commits from;
    private final Progress.Activity activity;
    private final RoomId room;
    private final Applier.Manner manner;
    private final List<Change> changes;
    private final long bytes;
    private final Consumer<? super StoreWriter> positions;
    private final Leaf leaf;
    private PageCounts counts = PageCounts.NONE;

    Rows(
        Commits from,
        Progress.Activity activity,
        RoomId room,
        Applier.Manner manner,
        List<Change> changes,
        long bytes,
        Consumer<? super StoreWriter> positions,
        Leaf leaf) {
      this.from = from;
      this.activity = activity;
      this.room = room;
      this.manner = manner;
      this.changes = changes;
      this.bytes = bytes;
      this.positions = positions;
      this.leaf = leaf;
    }

    @Override
    public Commits from() {
      return from;
    }

    @Override
    public int rows() {
      return changes.size();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void write(StoreWriter writer, Appliers appliers) {
      Applier applier = appliers.of(from, room);
      applier.begin(manner);
      Positions before = leaf.before(writer, from.scope(), room);
      writer.onBehalfOf(leaf.page().number());
      changes.forEach(applier::apply);
      writer.onBehalfOf(0);
      positions.accept(writer);
      counts = applier.counts();
      leaf.write(writer, counts, before, Standing.of(writer, from.scope(), room));
    }

    @Override
    public void committed() {
      from.committed(counts);
    }

    @Override
    public Progress news() {
      return new Progress.Applied(from.scope(), activity, changes.size());
    }
  }

  /** Any other step, whose result somebody may wait for. */
  final class Step<T> implements Errand {
    private final Commits from;
    private final Function<? super StoreWriter, T> work;
    private @Nullable T result;

    Step(Commits from, Function<? super StoreWriter, T> work) {
      this.from = from;
      this.work = work;
    }

    @Override
    public Commits from() {
      return from;
    }

    @Override
    public void write(StoreWriter writer, Appliers appliers) {
      result = work.apply(writer);
    }

    T result() {
      return Objects.requireNonNull(result, "the step has not been done");
    }
  }

  /**
   * A look at what the scope has handed in before, answered as soon as that is written, committed
   * or not: a scope that goes on from it fails with it.
   */
  final class Question<T> implements Errand {
    private final Commits from;
    private final Function<? super StoreReader, T> work;
    private volatile @Nullable Answer<T> answer;

    private record Answer<T>(T value) {}

    Question(Commits from, Function<? super StoreReader, T> work) {
      this.from = from;
      this.work = work;
    }

    @Override
    public Commits from() {
      return from;
    }

    @Override
    public void write(StoreWriter writer, Appliers appliers) {
      // Who has been answered has gone on, and asks no more.
      if (answer == null) {
        answer = new Answer<>(work.apply(writer));
        from.news().changed();
      }
    }

    boolean isAnswered() {
      return answer != null;
    }

    T answer() {
      return Objects.requireNonNull(answer, "it has not been answered").value();
    }
  }

  /** Something to tell in its turn; nothing is written. */
  record Telling(Commits from, Progress news) implements Errand {
    @Override
    public void write(StoreWriter writer, Appliers appliers) {}
  }
}
