package dev.strandline.internal.read;

import dev.strandline.Explanation;
import dev.strandline.Explanation.Place;
import dev.strandline.Explanation.Verdict;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Trace;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why a message is stored or not, from its rows and the journal pages that these name. */
public final class Explanations {
  private final StoreReader reader;

  private Explanations(StoreReader reader) {
    this.reader = reader;
  }

  /** Why {@code id} is here or not. */
  public static Explanation of(StoreReader reader, MessageId id) {
    return new Explanations(reader).explain(id);
  }

  private Explanation explain(MessageId id) {
    Message message = reader.message(id).orElse(null);
    Tombstone tombstone = reader.tombstone(id).orElse(null);
    MessageLinks links = reader.links(id);
    MessageLinks.Live live = links.live();
    MessageLinks.Grave grave = links.grave();
    ThreadState thread = reader.threadState(id).orElse(null);
    List<Message> replies = reader.messages(Scope.thread(id), null, 1);
    Verdict verdict = verdict(message, tombstone, links);
    InQuestion doubt = reader.inQuestion(id).orElse(null);
    RoomId room = room(message, links, doubt, thread, replies);
    MessageLinks.Grave lost = grave != null && grave.removed() != 0 ? grave : null;
    return new Explanation(
        id,
        verdict,
        room,
        message,
        tombstone,
        live != null ? trace(live.added()) : lost != null ? trace(lost.added()) : null,
        live != null ? trace(live.written()) : null,
        lost != null ? trace(lost.removed()) : null,
        grave != null ? trace(grave.written()) : null,
        links.quarantine().stream()
            .map(entry -> new Explanation.InQuarantine(entry, trace(entry.page())))
            .toList(),
        doubt,
        thread,
        !replies.isEmpty(),
        verdict == Verdict.NOT_STORED ? places(room) : List.of());
  }

  private static Verdict verdict(
      @Nullable Message message, @Nullable Tombstone tombstone, MessageLinks links) {
    if (message != null) {
      return Verdict.LIVE;
    }
    if (tombstone != null) {
      return switch (tombstone.reason()) {
        case DELETED -> Verdict.DELETED;
        case HIDDEN -> Verdict.HIDDEN;
        case NOT_FOUND -> Verdict.NOT_FOUND;
      };
    }
    return links.quarantine().isEmpty() ? Verdict.NOT_STORED : Verdict.QUARANTINED;
  }

  private static @Nullable RoomId room(
      @Nullable Message message,
      MessageLinks links,
      @Nullable InQuestion doubt,
      @Nullable ThreadState thread,
      List<Message> replies) {
    if (message != null) {
      return message.room();
    }
    if (links.grave() != null) {
      return links.grave().room();
    }
    if (!links.quarantine().isEmpty()) {
      return links.quarantine().get(0).room();
    }
    if (doubt != null) {
      return doubt.room();
    }
    if (thread != null) {
      return thread.room();
    }
    return replies.isEmpty() ? null : replies.get(0).room();
  }

  private Trace trace(long number) {
    PageEntry page = reader.page(number).orElse(null);
    return new Trace(
        number,
        page,
        page == null || page.pass() == 0 ? null : reader.pass(page.pass()).orElse(null),
        page == null ? null : reader.run(page.run()).orElse(null));
  }

  private List<Place> places(@Nullable RoomId only) {
    return reader.rooms().stream()
        .filter(room -> only == null || room.id().equals(only))
        .map(this::place)
        .toList();
  }

  private Place place(Room room) {
    long letGo =
        reader.passes(Scope.room(room.id()), Long.MAX_VALUE, Integer.MAX_VALUE).stream()
            .map(PassEntry::counts)
            .mapToLong(counts -> counts.letGo())
            .sum();
    return new Place(room, Coverages.ofRoom(reader, room.id()), letGo);
  }
}
