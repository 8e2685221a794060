package dev.strandline.internal.commit;

import dev.strandline.ChangeSet;
import dev.strandline.journal.PageCounts;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out, in one transaction, what {@link Merge} decides about one room's changes, and says
 * what came of it: what several answers did to a message is one change to whoever listens.
 */
public final class Applier {

  /**
   * How a reading is applied.
   *
   * @param origin which kind of answer the changes come from
   * @param wholeReading whether this is part of a whole reading of the room or thread, of which
   *     what is shown live is live, graves notwithstanding (R11)
   */
  public record Manner(Origin origin, boolean wholeReading) {
    public static final Manner ROOM = new Manner(Origin.ROOM, false);
    public static final Manner THREAD = new Manner(Origin.THREAD, false);
    public static final Manner WHOLE_THREAD = new Manner(Origin.THREAD, true);
    public static final Manner WHOLE_READING = new Manner(Origin.ROOM, true);
  }

  private final StoreWriter writer;
  private final RoomId room;
  private final Merge merge;
  private final DeviceClock clock;
  private Manner manner = Manner.ROOM;
  private boolean noting;

  /** Of the transaction's pages, of which the last is being applied. */
  private final List<Outcomes> pages = new ArrayList<>();

  private Outcomes ofPage = new Outcomes();
  private long letGo;
  private long tombstones;
  private long unchanged;
  private long buried;
  private long poorer;
  private long quarantined;

  /**
   * Whether the last message was new: then the next one most likely is too, and storing it tells
   * whether it was there. In a reading of what is known, looking it up comes first.
   */
  private boolean expectingNew = true;

  Applier(StoreWriter writer, RoomId room, Merge merge, DeviceClock clock) {
    this.writer = writer;
    this.room = room;
    this.merge = merge;
    this.clock = clock;
  }

  /** Says how what follows was read. */
  void begin(Manner reading) {
    manner = reading;
    ofPage = new Outcomes();
    pages.add(ofPage);
    letGo = tombstones = unchanged = buried = poorer = quarantined = 0;
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
      this.letGo++;
    } else if (change instanceof Change.Odd odd) {
      keepAside(odd);
    }
  }

  private void show(Message message) {
    MessageId id = message.id();
    if (noting) {
      writer.noteSeen(room, id);
    }
    Tombstone grave = writer.tombstone(id).orElse(null);
    if (grave != null && opens(grave, message)) {
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
        writer.releaseQuarantine(id, ServerTime.MAX);
        ofPage.replace(id);
      }
      case CONFIRM -> {
        writer.putMessage(message, manner.origin());
        confirmed(id);
      }
      case KEEP -> keep(message, stored);
      case BURIED -> buried++;
    }
  }

  /** R11: whether a grave is one no more, now that {@code message} is shown live. */
  private boolean opens(Tombstone grave, Message message) {
    return grave.reason() != Tombstone.Reason.DELETED
        || (manner.wholeReading()
            && merge.reading(message, manner.origin(), null, grave) == Merge.Reading.BURIED);
  }

  private void keep(Message message, @Nullable StoredVersion stored) {
    if (stored != null && !stored.json().equals(message.json())) {
      poorer++;
    } else {
      confirmed(message.id());
    }
  }

  private void confirmed(MessageId id) {
    writer.releaseQuarantine(id, ServerTime.MAX);
    unchanged++;
  }

  private void added(MessageId id) {
    writer.releaseQuarantine(id, ServerTime.MAX);
    ofPage.add(id);
  }

  private void bury(Tombstone tombstone) {
    MessageId id = tombstone.id();
    @Nullable StoredVersion stored = writer.version(id).orElse(null);
    @Nullable Tombstone grave = writer.tombstone(id).orElse(null);
    switch (merge.burial(tombstone, stored, grave)) {
      case REMOVE -> {
        writer.putTombstone(room, Merge.deeper(tombstone, grave));
        writer.removeMessage(id);
        writer.releaseQuarantine(id, merge.deadUpTo(tombstone));
        forget(id);
        tombstones++;
      }
      case NOTE -> {
        writer.putTombstone(room, Merge.deeper(tombstone, grave));
        writer.releaseQuarantine(id, merge.deadUpTo(tombstone));
        tombstones++;
      }
      case KNOWN -> {
        // A page of history that was read meanwhile may have shown it once more.
        writer.releaseQuarantine(id, merge.deadUpTo(tombstone));
        unchanged++;
      }
    }
  }

  private void forget(MessageId id) {
    ofPage.remove(id);
  }

  private void keepAside(Change.Odd odd) {
    Unreadable entry = odd.entry();
    // What cannot be understood is there all the same.
    if (noting && odd.isThere() && entry.id() != null) {
      writer.noteSeen(room, entry.id());
    }
    if (writer.quarantine(room, entry, clock.now())) {
      quarantined++;
    }
  }

  /** What has become of the entries since {@link #begin}. */
  PageCounts counts() {
    return new PageCounts(
        ofPage.added().size(),
        ofPage.changed().size(),
        ofPage.removed().size(),
        letGo,
        tombstones,
        unchanged,
        buried,
        poorer,
        quarantined);
  }

  /** What the transaction has done to the room's messages. */
  ChangeSet changes() {
    Outcomes all = Outcomes.of(pages);
    return new ChangeSet(
        room, List.copyOf(all.added()), List.copyOf(all.changed()), List.copyOf(all.removed()));
  }
}
