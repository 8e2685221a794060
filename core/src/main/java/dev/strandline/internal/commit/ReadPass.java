package dev.strandline.internal.commit;

import dev.strandline.internal.call.AskedAt;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a room's or a thread's feeds, in one answer or in pages: what it shows, and from
 * where on it shows everything. What it does not show although it would is not there (R7). Belongs
 * to one lane.
 */
public final class ReadPass {

  /** Whether a reading has shown a message. */
  enum Presence {
    SHOWN,
    ABSENT,
    /** Something that it showed does not say which message it is. */
    UNKNOWN
  }

  private final RoomId room;
  private final Origin origin;
  private final ServerTime since;
  private final ServerTime seen;
  private final ShownIds shown = new ShownIds();
  private boolean hasNameless;
  private @Nullable AskedAt begun;

  private final ServerTime unsureSince;
  private final boolean isFirst;

  private ReadPass(
      RoomId room,
      Origin origin,
      ServerTime unsureSince,
      ServerTime since,
      ServerTime seen,
      boolean isFirst) {
    this.unsureSince = unsureSince;
    this.isFirst = isFirst;
    this.room = room;
    this.origin = origin;
    this.since = since;
    this.seen = seen;
  }

  /**
   * A reading that shows every message that was written after {@code since}.
   *
   * @param seen the latest stamp that was shown before: a moment that has passed, where nothing
   *     confirms a later one
   */
  public static ReadPass since(RoomId room, Origin origin, ServerTime since, ServerTime seen) {
    return new ReadPass(room, origin, since, since, seen, false);
  }

  /**
   * A reading of a room's two feeds. That of deletions begins earlier than that of messages.
   *
   * @param deletionsSince where they begin: what was written from then to {@code since} an earlier
   *     reading may have shown
   * @param isFirst whether they were not followed before: what they tell need not be new
   */
  public static ReadPass ofFeeds(
      RoomId room, ServerTime deletionsSince, ServerTime since, ServerTime seen, boolean isFirst) {
    return new ReadPass(room, Origin.ROOM, deletionsSince, since, seen, isFirst);
  }

  /** A reading of some messages: nothing follows from what it does not show. */
  public static ReadPass ofSome(RoomId room, Origin origin, ServerTime seen) {
    return new ReadPass(room, origin, ServerTime.MAX, ServerTime.MAX, seen, false);
  }

  public RoomId room() {
    return room;
  }

  /** It shows what was written later. */
  public ServerTime since() {
    return since;
  }

  void shows(MessageId id) {
    shown.add(id);
  }

  /** It shows an entry that does not say which message it is. */
  void showsNameless() {
    hasNameless = true;
  }

  /** Whether it follows from this reading, come to its end, that {@code id} was not there. */
  public boolean isAbsent(MessageId id) {
    return presence(id) == Presence.ABSENT;
  }

  Presence presence(MessageId id) {
    return shown.mayContain(id) ? Presence.SHOWN : hasNameless ? Presence.UNKNOWN : Presence.ABSENT;
  }

  /** It tells the deletions that were made later. */
  public ServerTime deletionsSince() {
    return unsureSince;
  }

  /** How what an answer of this pass says is to be taken; the first answer is when it began. */
  Applier.Manner manner(AskedAt asked) {
    AskedAt first = begun;
    if (first == null) {
      first = asked;
      begun = asked;
    }
    return new Applier.Manner(origin, asked, first, seen, unsureSince, since, isFirst);
  }
}
