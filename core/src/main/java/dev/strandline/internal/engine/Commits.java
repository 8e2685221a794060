package dev.strandline.internal.engine;

import dev.strandline.Progress;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import java.util.function.Consumer;

/** Commits changes for one scope, counts them, and tells who listens afterwards. */
final class Commits {
  private final Store store;
  private final Merge merge;
  private final DeviceClock clock;
  private final Listeners listeners;
  private final Tally tally;
  private Progress.Activity activity = Progress.Activity.CATCHING_UP;

  Commits(Store store, Merge merge, DeviceClock clock, Listeners listeners, Tally tally) {
    this.store = store;
    this.merge = merge;
    this.clock = clock;
    this.listeners = listeners;
    this.tally = tally;
  }

  /** Says what the commits from now on are for. */
  void now(Progress.Activity value) {
    activity = value;
  }

  /** Applies {@code changes}, lets {@code positions} write, commits both, and tells. */
  void commit(
      RoomId room,
      Applier.Manner manner,
      List<Change> changes,
      Consumer<? super StoreWriter> positions) {
    Applied applied =
        store.write(
            writer -> {
              Applier applier = new Applier(writer, room, merge, manner, clock);
              changes.forEach(applier::apply);
              positions.accept(writer);
              return applier.done();
            });
    tally.committed(applied);
    listeners.changed(applied.changes());
    listeners.progress(new Progress.Applied(tally.scope(), activity, changes.size()));
  }
}
