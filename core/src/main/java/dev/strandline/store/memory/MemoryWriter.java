package dev.strandline.store.memory;

import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes a version of the tables that nobody else sees yet. */
final class MemoryWriter extends MemoryReader implements StoreWriter {

  private long page;

  MemoryWriter(Tables tables) {
    super(tables);
  }

  @Override
  public void putOwner(StoreOwner owner) {
    tables.owner = owner;
  }

  @Override
  public void putDirectory(DirectoryState directory) {
    tables.directory = directory;
  }

  @Override
  public void putRoom(Room room) {
    tables.rooms.put(room.id(), room);
  }

  @Override
  public void putRoomState(RoomState state) {
    makeKnown(state.room());
    tables.roomStates.put(state.room(), state);
  }

  @Override
  public void putThreadState(ThreadState state) {
    makeKnown(state.room());
    tables.threadStates.put(state.root(), state);
  }

  @Override
  public void putScopeRun(ScopeRun run) {
    tables.runs.put(run.scope().toString(), run);
  }

  @Override
  public void putMessage(Message message, Origin origin) {
    makeKnown(message.room());
    Tables.Row before = tables.messages.map().get(message.id());
    MessageLinks.Live links =
        new MessageLinks.Live(before == null ? page : before.links().added(), page);
    tables.messages.put(message.id(), new Tables.Row(message, origin, links));
    tables.counts.replaced(before == null ? null : before.message(), message);
  }

  @Override
  public void removeMessage(MessageId id) {
    Tables.Row row = tables.messages.map().get(id);
    Tables.Grave grave = tables.graves.map().get(id);
    if (row != null && grave != null) {
      MessageLinks.Grave links =
          new MessageLinks.Grave(grave.room(), row.links().added(), page, grave.links().written());
      tables.graves.put(id, new Tables.Grave(grave.tombstone(), links));
    }
    if (row != null) {
      tables.messages.remove(id);
      tables.counts.replaced(row.message(), null);
    }
  }

  @Override
  public void putTombstone(RoomId room, Tombstone tombstone) {
    makeKnown(room);
    Tables.Grave before = tables.graves.map().get(tombstone.id());
    MessageLinks.Grave links =
        before == null
            ? new MessageLinks.Grave(room, 0, 0, page)
            : new MessageLinks.Grave(room, before.links().added(), before.links().removed(), page);
    tables.graves.put(tombstone.id(), new Tables.Grave(tombstone, links));
    if (before != null) {
      tables.counts.tombstones(before.room(), -1);
    }
    tables.counts.tombstones(room, 1);
  }

  @Override
  public void removeTombstone(MessageId id) {
    Tables.Grave grave = tables.graves.map().get(id);
    if (grave != null) {
      tables.graves.remove(id);
      tables.counts.tombstones(grave.room(), -1);
    }
  }

  @Override
  public void putInQuestion(InQuestion doubt) {
    makeKnown(doubt.room());
    removeInQuestion(doubt.id());
    tables.inQuestion.put(doubt.id(), doubt);
    tables.counts.inQuestion(doubt.room(), 1);
  }

  @Override
  public void removeInQuestion(MessageId id) {
    InQuestion doubt = tables.inQuestion.map().get(id);
    if (doubt != null) {
      tables.inQuestion.remove(id);
      tables.counts.inQuestion(doubt.room(), -1);
    }
  }

  @Override
  public boolean quarantine(RoomId room, Unreadable entry, Instant firstSeen) {
    makeKnown(room);
    boolean added = quarantine(new Quarantined(room, entry, firstSeen));
    if (added) {
      tables.counts.quarantined(room, 1);
    }
    return added;
  }

  @Override
  public boolean quarantine(DirectoryList list, Unreadable entry, Instant firstSeen) {
    return quarantine(new Quarantined(list, entry, firstSeen));
  }

  private boolean quarantine(Quarantined held) {
    Tables.QuarantineKey key =
        new Tables.QuarantineKey(held.room(), held.list(), held.entry().json());
    if (tables.quarantine.map().containsKey(key)) {
      return false;
    }
    tables.quarantine.put(key, new Tables.Quarantine(held, page));
    return true;
  }

  @Override
  public void releaseUnshown(DirectoryList list, Set<String> shown) {
    release(held -> held.list() == list && !shown.contains(held.entry().json()));
  }

  @Override
  public void releaseQuarantine(MessageId id, ServerTime upTo) {
    release(held -> id.equals(held.entry().id()) && !held.entry().mayBeAfter(upTo));
  }

  @Override
  public void releaseUnseen(RoomId room) {
    release(
        held -> {
          MessageId id = held.entry().id();
          return room.equals(held.room())
              && id != null
              && !held.entry().isDeletion()
              && !tables.isNoted(room, id);
        });
  }

  private void release(Predicate<Quarantined> which) {
    if (!tables.quarantine.map().isEmpty()) {
      tables.quarantine.removeIf(
          (key, held) -> {
            boolean released = which.test(held.quarantined());
            RoomId room = key.room();
            if (released && room != null) {
              tables.counts.quarantined(room, -1);
            }
            return released;
          });
    }
  }

  @Override
  public void noteSeen(RoomId room, MessageId id) {
    tables.notes.put(new Tables.Note(room, id), true);
  }

  @Override
  public List<MessageId> unseen(RoomId room, int limit) {
    return tables.messages.map().values().stream()
        .map(Tables.Row::message)
        .filter(message -> message.room().equals(room) && !tables.isNoted(room, message.id()))
        .map(Message::id)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public void forgetSeen(RoomId room) {
    tables.notes.removeIf((note, value) -> note.room().equals(room));
  }

  @Override
  public void purge(RoomId room) {
    tables.messages.removeIf((id, row) -> row.message().room().equals(room));
    tables.graves.removeIf((id, grave) -> grave.room().equals(room));
    tables.quarantine.removeIf((key, quarantined) -> room.equals(key.room()));
    tables.inQuestion.removeIf((id, doubt) -> doubt.room().equals(room));
    tables.threadStates.removeIf((root, state) -> state.room().equals(room));
    tables.roomStates.remove(room);
    tables.counts.forget(room);
    forgetSeen(room);
  }

  @Override
  public void putRun(RunEntry run) {
    tables.journalRuns.put(run.number(), run);
  }

  @Override
  public void putPass(PassEntry pass) {
    tables.journalPasses.put(pass.number(), pass);
  }

  @Override
  public void putPage(PageEntry entry) {
    tables.journalPages.put(entry.number(), entry);
  }

  @Override
  public void onBehalfOf(long number) {
    page = number;
  }

  @Override
  public void pruneJournal(JournalLimits limits, Instant now) {
    Instant oldest = now.minus(limits.age());
    prune(tables.journalRuns, limits, run -> run.counts().isQuiet(), RunEntry::startedAt, oldest);
    prune(
        tables.journalPasses,
        limits,
        pass -> pass.counts().isQuiet(),
        PassEntry::startedAt,
        oldest);
    prune(
        tables.journalPages,
        limits,
        entry -> entry.counts().isQuiet(),
        PageEntry::startedAt,
        oldest);
  }

  private static <T> void prune(
      Sheet<Long, T> sheet,
      JournalLimits limits,
      Predicate<T> isQuiet,
      Function<T, Instant> startedAt,
      Instant oldest) {
    long last = last(sheet);
    sheet.removeIf((number, row) -> number < last && startedAt.apply(row).isBefore(oldest));
    keepNewest(sheet, limits.quiet(), isQuiet);
    keepNewest(sheet, limits.pages(), row -> true);
  }

  private static <T> void keepNewest(Sheet<Long, T> sheet, int most, Predicate<T> which) {
    sheet.map().entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted(Comparator.reverseOrder())
        .skip(most)
        .toList()
        .forEach(sheet::remove);
  }

  private void makeKnown(RoomId room) {
    if (!tables.rooms.map().containsKey(room)) {
      putRoom(Room.builder(room).build());
    }
  }
}
