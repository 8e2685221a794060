package dev.strandline.internal.engine;

import dev.strandline.Progress;
import dev.strandline.model.RoomId;
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

  /** What to tell once it is committed; null for nothing. */
  default @Nullable Progress news() {
    return null;
  }

  /** Changes, and the position that they justify (R2). */
  record Rows(
      Commits from,
      Progress.Activity activity,
      RoomId room,
      Applier.Manner manner,
      List<Change> changes,
      long bytes,
      Consumer<? super StoreWriter> positions)
      implements Errand {
    @Override
    public int rows() {
      return changes.size();
    }

    @Override
    public void write(StoreWriter writer, Appliers appliers) {
      Applier applier = appliers.of(from, room);
      applier.begin(manner);
      changes.forEach(applier::apply);
      positions.accept(writer);
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

  /** Something to tell in its turn; nothing is written. */
  record Telling(Commits from, Progress news) implements Errand {
    @Override
    public void write(StoreWriter writer, Appliers appliers) {}
  }
}
