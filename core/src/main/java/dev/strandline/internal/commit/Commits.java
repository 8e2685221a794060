package dev.strandline.internal.commit;

import dev.strandline.Progress;
import dev.strandline.internal.call.Tally;
import dev.strandline.internal.journal.PassJournal;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.Purpose;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Finding;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Workers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store, for one scope: what the scope hands in is committed in order, soon, and by the {@link
 * Scribe}; what it reads is what it has handed in. Used by one lane; the scribe alone calls what is
 * said to be his.
 */
public final class Commits implements Store {
  private final Store store;
  private final Scribe scribe;
  private final Tally tally;
  private final PassJournal journal;
  private final Workers.Signal news;
  private Progress.Activity activity = Progress.Activity.CATCHING_UP;
  private long handedIn;
  private @Nullable Known known;

  /** What a room's state was when so much had been handed in. */
  private record Known(RoomId room, long handedIn, Optional<RoomState> state) {}

  // The inbox's, under its lock.
  int waiting;
  @Nullable RuntimeException failure;

  public Commits(Store store, Scribe scribe, Tally tally, PassJournal journal, Workers workers) {
    this.store = store;
    this.scribe = scribe;
    this.news = workers.signal();
    this.tally = tally;
    this.journal = journal;
  }

  Scope scope() {
    return tally.scope();
  }

  /** Where the scope's lane waits for what it has handed in. */
  Workers.Signal news() {
    return news;
  }

  /** Says what is asked and committed from now on, and why. */
  public void now(Progress.Activity value, Purpose purpose) {
    activity = value;
    journal.now(purpose);
  }

  /** The scribe's: a page, or a part of one, is committed. */
  void committed(PageCounts counts) {
    tally.committed(counts);
    journal.committed(counts);
  }

  /**
   * Hands {@code changes} in, to be applied and committed together with what {@code positions}
   * writes (R2), and goes on. Waits only where much is waiting to be committed already.
   *
   * @param bytes about how much memory the changes take
   * @throws RuntimeException what something that was handed in before has failed with
   */
  public void commit(
      RoomId room,
      Applier.Manner manner,
      List<Change> changes,
      long bytes,
      Consumer<? super StoreWriter> positions) {
    hand(
        new Errand.Rows(
            this,
            activity,
            room,
            manner,
            List.copyOf(changes),
            bytes,
            positions,
            journal.handIn()));
  }

  /** The same for conclusions, which take next to no memory. */
  public void commit(
      RoomId room,
      Applier.Manner manner,
      List<Change> changes,
      Consumer<? super StoreWriter> positions) {
    commit(room, manner, changes, 0, positions);
  }

  /** Does {@code work} in its turn, in some transaction soon; nobody waits for it. */
  public void soon(Consumer<? super StoreWriter> work) {
    hand(
        new Errand.Step<>(
            this,
            writer -> {
              work.accept(writer);
              return scope();
            }));
  }

  private void hand(Errand errand) {
    handedIn++;
    scribe.take(errand);
  }

  /** Tells, after what was handed in before is committed. */
  public void tell(Progress news) {
    scribe.take(new Errand.Telling(this, news));
  }

  /** Tells before going on: whoever is told of a wait may not want it. */
  public void tellFirst(Progress news) {
    tell(news);
    settle();
  }

  /**
   * Waits until everything that was handed in is committed.
   *
   * @throws RuntimeException what it has failed with
   */
  public void settle() {
    scribe.settle(this);
  }

  /** Whether {@link #settle} would not wait. */
  public boolean isSettled() {
    return scribe.isSettled(this);
  }

  /**
   * Reads what the scope has handed in, whether it is committed or not. What takes long is to be
   * read after {@link #settle}, or it holds up the scribe.
   */
  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    return scribe.read(this, work);
  }

  /**
   * How far {@code room} is, with all that was handed in: looked up again only where something has
   * been since, for while a scope is worked on nobody else moves its room's positions.
   */
  public Optional<RoomState> roomState(RoomId room) {
    Known last = known;
    if (last == null || last.handedIn() != handedIn || !last.room().equals(room)) {
      last = new Known(room, handedIn, read(reader -> reader.roomState(room)));
      known = last;
    }
    return last.state();
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    handedIn++;
    return scribe.write(this, work);
  }

  @Override
  public List<Finding> check() {
    settle();
    return store.check();
  }

  /** Nothing: a scope does not end its store. */
  @Override
  public void close() {}
}
