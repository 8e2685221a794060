package dev.strandline.internal.commit;

import dev.strandline.ChangeSet;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.commit.Merge.Standing;
import dev.strandline.internal.commit.ReadPass.Presence;
import dev.strandline.journal.PageCounts;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Tombstone.Reason;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.InQuestion.Why;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out, in one transaction, what {@link Merge} decides about one room's changes, and says
 * what came of it: what several answers did to a message is one change to whoever listens.
 */
public final class Applier {

  /**
   * How changes were read.
   *
   * @param origin which kind of answer they come from
   * @param asked when it was asked for
   * @param begun when the first answer of the same pass was: what the pass has shown was shown then
   *     at the earliest
   * @param seen the latest stamp that was shown before: where nothing confirms the moment of
   *     asking, it was not earlier
   * @param unsureSince what was written later, up to {@code since}, a pass before may have shown
   * @param since the answer shows every message that was written later
   * @param isFirst whether the feeds were not followed before: what they tell need not be new
   */
  public record Manner(
      Origin origin,
      AskedAt asked,
      AskedAt begun,
      ServerTime seen,
      ServerTime unsureSince,
      ServerTime since,
      boolean isFirst) {

    /** An answer that is a pass by itself. */
    public Manner(Origin origin, AskedAt asked, ServerTime seen, ServerTime since) {
      this(origin, asked, asked, seen, since, since, false);
    }

    /** How what the same pass has shown was read. */
    Manner ofWhatWasShown() {
      return new Manner(origin, begun, begun, seen, unsureSince, since, isFirst);
    }

    /** Conclusions, or a single message: nothing follows from what is not among them. */
    public static Manner of(Origin origin, AskedAt asked) {
      return new Manner(origin, asked, ServerTime.EPOCH, ServerTime.MAX);
    }

    /** Whether nothing follows from it that a message with this stamp was not shown. */
    boolean isUnsure(ServerTime stamp) {
      return stamp.isAfter(unsureSince) && !stamp.isAfter(since);
    }

    boolean isSurelyAfter(ServerTime time) {
      ServerTime passed = asked.passed();
      return (passed != null ? passed : seen).isAfter(time);
    }

    /** The same as far as a date tells that nothing confirms. */
    boolean isLikelyAfter(ServerTime time) {
      ServerTime date = asked.date();
      return isSurelyAfter(time)
          || (date != null && date.minus(RunClock.DATE_TOLERANCE).isAfter(time));
    }

    /** Whether a deletion bears the time of a clock that is far ahead, and need not be new. */
    boolean isOddlyAhead(ServerTime deletedAt) {
      return isFirst && isFromTheFuture(deletedAt);
    }

    boolean isFromTheFuture(ServerTime deletedAt) {
      ServerTime passed = asked.passed();
      return passed != null && deletedAt.isAfter(passed.plus(RunClock.COARSENESS));
    }

    /** When what began at {@code time} was noticed, by the time that is at hand. */
    ServerTime noticed(ServerTime time) {
      ServerTime moment = asked.passed() != null ? asked.passed() : asked.date();
      return moment == null ? time : ServerTime.max(time, moment);
    }
  }

  private final StoreWriter writer;
  private final RoomId room;
  private final Merge merge;
  private final DeviceClock clock;
  private Manner manner = Manner.of(Origin.ROOM, AskedAt.UNKNOWN);
  private final Map<MessageId, InQuestion> questions = new HashMap<>();
  private boolean noting;

  /** Of the transaction's pages, of which the last is being applied. */
  private final List<Outcomes> pages = new ArrayList<>();

  private final Map<RoomId, Outcomes> elsewhere = new LinkedHashMap<>();
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
    questions.clear();
    writer.inQuestion(room).forEach(question -> questions.put(question.id(), question));
  }

  void apply(Change change) {
    if (change instanceof Change.Shown shown) {
      show(shown.message());
    } else if (change instanceof Change.Gone gone) {
      bury(gone.tombstone(), gone.presence());
    } else if (change instanceof Change.LetGo letGo) {
      if (writer.version(letGo.id()).filter(it -> it.room().equals(room)).isPresent()) {
        remove(letGo.id());
        this.letGo++;
      }
    } else if (change instanceof Change.Odd odd) {
      keepAside(odd);
    } else if (change instanceof Change.Ended ended) {
      List.copyOf(questions.values()).forEach(question -> conclude(question, ended));
    } else if (change instanceof Change.Answered answered) {
      answer(answered);
    }
  }

  private void show(Message message) {
    MessageId id = message.id();
    if (noting) {
      writer.noteSeen(room, id);
    }
    Tombstone grave = writer.tombstone(id).orElse(null);
    switch (standing(message, grave)) {
      case LIVES -> {
        lives(id, grave);
        put(message);
      }
      case IN_QUESTION -> {
        question(id, Why.DELETED_AND_SHOWN, since(grave));
        put(message);
      }
      case DYING -> {
        buried++;
        if (writer.version(id).isPresent()) {
          remove(id);
        }
      }
    }
  }

  private Standing standing(Message message, @Nullable Tombstone grave) {
    Standing standing = standing(message.updatedAt(), grave, manner);
    return standing != Standing.LIVES && hasOutlived(message.id()) ? Standing.LIVES : standing;
  }

  /** Where a message stands that was shown as {@code shown} says, as of this answer. */
  private Standing standing(ServerTime stamp, @Nullable Tombstone grave, Manner shown) {
    Standing standing = merge.standing(stamp, grave, shown);
    // A deletion from the future was made at a time that nobody knows. Which is the future this
    // answer's moment tells: while a long pass runs, much is deleted after it began.
    return standing == Standing.DYING && grave != null && manner.isFromTheFuture(grave.at())
        ? Standing.IN_QUESTION
        : standing;
  }

  /**
   * Whether a message has outlived the deletion that is known of it: live, and in no question. Told
   * again, that deletion says nothing new.
   */
  private boolean hasOutlived(MessageId id) {
    return !questions.containsKey(id) && writer.version(id).isPresent();
  }

  /** Stores what is shown. */
  private void put(Message message) {
    MessageId id = message.id();
    if (expectingNew && writer.addMessage(message, manner.origin())) {
      added(id);
      return;
    }
    StoredVersion stored = writer.version(id).orElse(null);
    expectingNew = stored == null;
    switch (merge.effect(message, manner.origin(), stored)) {
      case ADD -> {
        writer.putMessage(message, manner.origin());
        added(id);
      }
      case REPLACE -> {
        writer.putMessage(message, manner.origin());
        writer.releaseQuarantine(id, ServerTime.MAX);
        if (stored != null && !stored.room().equals(room)) {
          ofPage.add(id);
          elsewhere(stored.room()).remove(id);
        } else {
          ofPage.replace(id);
        }
        if (merge.mayBeElsewhere(message, stored)) {
          question(id, Why.MOVED, message.updatedAt());
        }
      }
      case CONFIRM -> {
        writer.putMessage(message, manner.origin());
        confirmed(id);
      }
      case KEEP -> keep(message, stored);
    }
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

  // --- what is gone -------------------------------------------------------------------------

  private void bury(Tombstone tombstone, Presence presence) {
    MessageId id = tombstone.id();
    Tombstone grave = writer.tombstone(id).orElse(null);
    StoredVersion stored = writer.version(id).orElse(null);
    if (tombstone.reason() != Reason.DELETED) {
      // A conclusion from a reading removes what is stored there; it keeps nothing out (Tombstone).
      if (stored == null || !stored.room().equals(room)) {
        known(tombstone);
      } else {
        removeAs(tombstone, grave);
      }
      return;
    }
    Tombstone deepest = Merge.deeper(tombstone, grave);
    boolean isNew = !deepest.equals(grave);
    if (isNew) {
      writer.putTombstone(room, deepest);
    }
    if (stored == null) {
      settle(id);
      if (isNew) {
        writer.releaseQuarantine(id, merge.deadUpTo(tombstone));
        tombstones++;
      } else {
        known(tombstone);
      }
      return;
    }
    if (!isNew && !questions.containsKey(id) && presence != Presence.ABSENT) {
      known(tombstone);
      return;
    }
    // What another room shows this room's reading would not.
    boolean isHere = stored.room().equals(room);
    if (presence == Presence.ABSENT && isHere && !manner.isUnsure(stored.updatedAt())) {
      // R7: told as deleted and not shown, it is gone, whatever its stamp; unless it is this very
      // deletion that it was shown after, and the reading would not have shown it.
      boolean wouldBeShown = stored.updatedAt().isAfter(manner.since());
      if (!wouldBeShown && manner.isOddlyAhead(tombstone.at())) {
        // It may have been told for long, and the message been sent again since.
        question(id, Why.DELETED_AND_SHOWN, ServerTime.EPOCH);
        known(tombstone);
      } else if (wouldBeShown || isNew) {
        removeAs(tombstone, grave);
      } else {
        known(tombstone);
      }
      return;
    }
    switch (standing(stored.updatedAt(), deepest, manner.ofWhatWasShown())) {
      case LIVES -> {
        if (presence == Presence.SHOWN && isHere) {
          lives(id, deepest);
        } else {
          question(id, Why.DELETED_AND_SHOWN, since(deepest));
        }
        known(tombstone);
      }
      case IN_QUESTION -> {
        question(id, Why.DELETED_AND_SHOWN, since(deepest));
        known(tombstone);
      }
      case DYING -> removeAs(tombstone, grave);
    }
  }

  private void removeAs(Tombstone tombstone, @Nullable Tombstone grave) {
    writer.putTombstone(room, Merge.deeper(tombstone, grave));
    remove(tombstone.id());
    writer.releaseQuarantine(tombstone.id(), merge.deadUpTo(tombstone));
    tombstones++;
  }

  private void known(Tombstone tombstone) {
    // A page of history that was read meanwhile may have shown it once more.
    writer.releaseQuarantine(tombstone.id(), merge.deadUpTo(tombstone));
    unchanged++;
  }

  private void remove(MessageId id) {
    RoomId stored = writer.version(id).map(StoredVersion::room).orElse(room);
    writer.removeMessage(id);
    settle(id);
    if (stored.equals(room)) {
      ofPage.remove(id);
    } else {
      elsewhere(stored).remove(id);
    }
  }

  /** What this room's changes do to another, from which a message has moved. */
  private Outcomes elsewhere(RoomId other) {
    return elsewhere.computeIfAbsent(other, id -> new Outcomes());
  }

  /** Removes what is in question and not there, as the server's own word on it says where known. */
  private void removeAsNotFound(MessageId id, ServerTime stamp) {
    removeAs(new Tombstone(id, stamp, Reason.NOT_FOUND), writer.tombstone(id).orElse(null));
  }

  // --- what is in question ------------------------------------------------------------------

  /** When a message came into question that {@code grave} tells of: not in the future. */
  private ServerTime since(@Nullable Tombstone grave) {
    return grave == null || manner.isFromTheFuture(grave.at()) ? ServerTime.EPOCH : grave.at();
  }

  private void question(MessageId id, Why why, ServerTime since) {
    InQuestion known = questions.get(id);
    if (known != null && known.why() == why && !since.isAfter(known.since())) {
      return;
    }
    InQuestion question = new InQuestion(id, room, manner.noticed(since), why);
    questions.put(id, question);
    writer.putInQuestion(question);
  }

  private void settle(MessageId id) {
    if (questions.remove(id) != null) {
      writer.removeInQuestion(id);
    }
  }

  /** It was shown live, when every deletion told so far had been carried out. */
  private void lives(MessageId id, @Nullable Tombstone grave) {
    if (grave != null && grave.reason() != Reason.DELETED) {
      writer.removeTombstone(id);
    }
    InQuestion question = questions.get(id);
    if (question != null
        && (question.why() != Why.UNREADABLE_DELETION
            || manner.isSurelyAfter(question.since().plus(Merge.PRUNE_ALLOWANCE)))) {
      settle(id);
    }
  }

  /** A later reading that would have shown it does not: it is gone. */
  private void conclude(InQuestion question, Change.Ended ended) {
    MessageId id = question.id();
    StoredVersion stored = writer.version(id).orElse(null);
    if (stored == null) {
      settle(id);
    } else if (stored.room().equals(room)
        && stored.updatedAt().isAfter(manner.since())
        && ended.absent().test(id)) {
      removeAsNotFound(id, stored.updatedAt());
    }
  }

  private void answer(Change.Answered answered) {
    MessageId id = answered.id();
    StoredVersion stored = writer.version(id).orElse(null);
    Message message = answered.message();
    if (answered.settles()) {
      settle(id);
    }
    if (answered.isThere()) {
      if (message != null) {
        put(message);
      }
    } else if (stored != null) {
      removeAsNotFound(id, stored.updatedAt());
    }
  }

  private void keepAside(Change.Odd odd) {
    Unreadable entry = odd.isThere() ? odd.entry() : odd.entry().ofDeletion();
    MessageId id = entry.id();
    // What cannot be understood is there all the same.
    if (noting && odd.isThere() && id != null) {
      writer.noteSeen(room, id);
    }
    if (!writer.quarantine(room, entry, clock.now())) {
      return;
    }
    quarantined++;
    if (odd.isThere()) {
      return;
    }
    if (id == null) {
      // Something is gone, and nothing says what.
      writer
          .roomState(room)
          .ifPresent(
              state -> writer.putRoomState(state.distrusted(Coverage.Cause.UNREADABLE_DELETION)));
    } else if (writer.version(id).isPresent()) {
      question(id, Why.UNREADABLE_DELETION, ServerTime.EPOCH);
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
    return changes(room, Outcomes.of(pages));
  }

  /** What it has done to other rooms', from which messages have moved. */
  List<ChangeSet> changesElsewhere() {
    return elsewhere.entrySet().stream()
        .map(entry -> changes(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ChangeSet changes(RoomId room, Outcomes all) {
    return new ChangeSet(
        room, List.copyOf(all.added()), List.copyOf(all.changed()), List.copyOf(all.removed()));
  }
}
