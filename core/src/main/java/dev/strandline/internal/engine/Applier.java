package dev.strandline.internal.engine;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out, in one transaction, what {@link Merge} decides about one room's changes, and says
 * what came of it: what several answers did to a message is one change to whoever listens.
 */
final class Applier {

  /**
   * How a reading is applied.
   *
   * @param origin which kind of answer the changes come from
   * @param wholeReading whether this is part of a whole reading of the room or thread, of which
   *     what is shown live is live, graves notwithstanding (R11)
   */
  record Manner(Origin origin, boolean wholeReading) {
    static final Manner ROOM = new Manner(Origin.ROOM, false);
    static final Manner THREAD = new Manner(Origin.THREAD, false);
    static final Manner WHOLE_THREAD = new Manner(Origin.THREAD, true);
    static final Manner WHOLE_READING = new Manner(Origin.ROOM, true);
  }

  private final StoreWriter writer;
  private final RoomId room;
  private final Merge merge;
  private final DeviceClock clock;
  private Manner manner = Manner.ROOM;
  private boolean noting;

  private final Set<MessageId> added = new LinkedHashSet<>();
  private final Set<MessageId> changed = new LinkedHashSet<>();
  private final Set<MessageId> removed = new LinkedHashSet<>();

  /**
   * Whether the last message was new: then the next one most likely is too, and storing it tells
   * whether it was there. In a reading of what is known, looking it up comes first.
   */
  private boolean expectingNew = true;

  private long tombstones;
  private long unchanged;
  private long quarantined;

  Applier(StoreWriter writer, RoomId room, Merge merge, DeviceClock clock) {
    this.writer = writer;
    this.room = room;
    this.merge = merge;
    this.clock = clock;
  }

  /** Says how what follows was read. */
  void begin(Manner reading) {
    manner = reading;
    // Whoever reads a message while the room is being read whole has shown that it exists.
    noting = writer.roomState(room).map(state -> state.reconciling() != null).orElse(false);
  }

  void apply(Change change) {
    if (change instanceof Change.Shown shown) {
      show(shown.message());
    } else if (change instanceof Change.Gone gone) {
      bury(gone.tombstone());
    } else if (change instanceof Change.LetGo letGo) {
      writer.removeMessage(letGo.id());
      forget(letGo.id());
    } else if (change instanceof Change.Odd odd) {
      keepAside(odd.entry());
    }
  }

  private void show(Message message) {
    MessageId id = message.id();
    if (noting) {
      writer.noteSeen(room, id);
    }
    Tombstone grave = writer.tombstone(id).orElse(null);
    if (grave != null && (manner.wholeReading() || grave.reason() != Tombstone.Reason.DELETED)) {
      writer.removeTombstone(id);
      grave = null;
    }
    Merge.Reading ifNew = merge.reading(message, manner.origin(), null, grave);
    if (expectingNew && ifNew == Merge.Reading.ADD && writer.addMessage(message, manner.origin())) {
      added(id);
      return;
    }
    StoredVersion stored = writer.version(id).orElse(null);
    expectingNew = stored == null;
    switch (merge.reading(message, manner.origin(), stored, grave)) {
      case ADD -> {
        writer.putMessage(message, manner.origin());
        added(id);
      }
      case REPLACE -> {
        writer.putMessage(message, manner.origin());
        writer.releaseQuarantine(id);
        if (!added.contains(id)) {
          changed.add(id);
        }
      }
      case KEEP, BURIED -> unchanged++;
    }
  }

  private void added(MessageId id) {
    writer.releaseQuarantine(id);
    // Removed and shown again within one commit: to a listener it has changed.
    (removed.remove(id) ? changed : added).add(id);
  }

  private void bury(Tombstone tombstone) {
    MessageId id = tombstone.id();
    @Nullable StoredVersion stored = writer.version(id).orElse(null);
    @Nullable Tombstone grave = writer.tombstone(id).orElse(null);
    switch (merge.burial(tombstone, stored, grave)) {
      case REMOVE -> {
        writer.putTombstone(room, Merge.deeper(tombstone, grave));
        writer.removeMessage(id);
        writer.releaseQuarantine(id);
        forget(id);
        tombstones++;
      }
      case NOTE -> {
        writer.putTombstone(room, Merge.deeper(tombstone, grave));
        writer.releaseQuarantine(id);
        tombstones++;
      }
      case KNOWN -> unchanged++;
    }
  }

  /** To a listener, what came and went within one commit never was. */
  private void forget(MessageId id) {
    changed.remove(id);
    if (!added.remove(id)) {
      removed.add(id);
    }
  }

  private void keepAside(Unreadable entry) {
    // What cannot be understood is there all the same.
    if (noting && entry.id() != null) {
      writer.noteSeen(room, entry.id());
    }
    if (writer.quarantine(room, entry, clock.now())) {
      quarantined++;
    }
  }

  Applied done() {
    return new Applied(
        room,
        List.copyOf(added),
        List.copyOf(changed),
        List.copyOf(removed),
        tombstones,
        unchanged,
        quarantined);
  }
}
