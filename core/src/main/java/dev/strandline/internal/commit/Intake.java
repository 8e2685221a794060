package dev.strandline.internal.commit;

import dev.strandline.internal.call.AskedAt;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.StoreWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer in and applies it.
 *
 * <p>A page, and the position it justifies, is one transaction (R2). An uncut answer can be larger
 * than memory should be: of that, rows are committed as they arrive, ahead of any position, and the
 * last of them together with it. If the answer breaks off, its rows are read again and change
 * nothing.
 */
public final class Intake implements ChangeSink {

  /** How many entries are held before they are committed without a position. */
  public static final int MOST_HELD = 5_000;

  private static final int BYTES_OF_A_TOMBSTONE = 200;

  private final ReadPass reading;
  private final Supplier<AskedAt> asked;
  private final Commits commits;
  private final boolean streams;

  private final long mostBytes;

  private final List<Change> held = new ArrayList<>();
  private long heldBytes;
  private long messages;
  private @Nullable ServerTime newestUpdate;
  private @Nullable ServerTime newestDeletion;

  /**
   * @param reading what the answer belongs to
   * @param asked when it was asked for, once it has been
   * @param streams whether rows may be committed ahead of the position
   * @param mostBytes about how much memory entries may take before they are committed without one
   */
  public Intake(
      ReadPass reading, Supplier<AskedAt> asked, Commits commits, boolean streams, long mostBytes) {
    this.reading = reading;
    this.asked = asked;
    this.mostBytes = mostBytes;
    this.streams = streams;
    this.commits = commits;
  }

  @Override
  public void upsert(Message message) {
    newestUpdate = later(newestUpdate, message.updatedAt());
    reading.shows(message.id());
    messages++;
    hold(new Change.Shown(message), Memory.of(message));
  }

  @Override
  public void tombstone(Tombstone tombstone) {
    if (tombstone.reason() == Tombstone.Reason.DELETED) {
      newestDeletion = later(newestDeletion, tombstone.at());
    } else {
      newestUpdate = later(newestUpdate, tombstone.at());
    }
    hold(new Change.Gone(tombstone, reading.presence(tombstone.id())), BYTES_OF_A_TOMBSTONE);
  }

  @Override
  public void unreadable(Unreadable entry) {
    MessageId id = entry.id();
    if (id != null) {
      reading.shows(id);
    } else {
      reading.showsNameless();
    }
    hold(new Change.Odd(entry, true), 2L * entry.json().length());
  }

  @Override
  public void unreadableDeletion(Unreadable entry) {
    hold(new Change.Odd(entry, false), 2L * entry.json().length());
  }

  /** The latest stamp of a message in the answer; null where it had none. */
  public @Nullable ServerTime newestUpdate() {
    return newestUpdate;
  }

  /** The latest stamp of a deletion in the answer; null where it had none. */
  public @Nullable ServerTime newestDeletion() {
    return newestDeletion;
  }

  /** How many messages the answer showed. */
  public long messages() {
    return messages;
  }

  /** Adds a conclusion from the answer to what is committed with it. */
  public void conclude(Change conclusion) {
    held.add(conclusion);
  }

  /**
   * Says that the reading of a room has come to its end with this answer: what it does not show is
   * not there. A thread's reading concludes nothing so, since it does not show the thread's root.
   */
  public void endReading() {
    held.add(new Change.Ended(reading::isAbsent));
  }

  /** Commits what is held together with the positions that {@code positions} writes (R2). */
  public void commit(Consumer<? super StoreWriter> positions) {
    commits.commit(reading.room(), reading.manner(asked.get()), held, heldBytes, positions);
    held.clear();
    heldBytes = 0;
  }

  private void hold(Change change, long bytes) {
    held.add(change);
    heldBytes += bytes;
    if (streams && (held.size() >= MOST_HELD || heldBytes >= mostBytes)) {
      commit(writer -> {});
    }
  }

  private static ServerTime later(@Nullable ServerTime a, ServerTime b) {
    return a == null ? b : ServerTime.max(a, b);
  }
}
