package dev.strandline.store.memory;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Finding;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one version of the tables. */
class MemoryReader extends MemoryJournal implements StoreReader {

  MemoryReader(Tables tables) {
    super(tables);
  }

  @Override
  public Optional<StoreOwner> owner() {
    return Optional.ofNullable(tables.owner);
  }

  @Override
  public DirectoryState directory() {
    return tables.directory;
  }

  @Override
  public List<Room> rooms() {
    return tables.rooms.map().values().stream()
        .sorted(Comparator.comparing((Room room) -> room.id().value()))
        .toList();
  }

  @Override
  public Optional<Room> room(RoomId id) {
    return Optional.ofNullable(tables.rooms.map().get(id));
  }

  @Override
  public Optional<RoomId> roomOfSubscription(String subscriptionId) {
    return tables.rooms.map().values().stream()
        .filter(room -> subscriptionId.equals(room.subscriptionId()))
        .map(Room::id)
        .findFirst();
  }

  @Override
  public Optional<RoomState> roomState(RoomId room) {
    return Optional.ofNullable(tables.roomStates.map().get(room));
  }

  @Override
  public List<RoomState> roomStates() {
    return tables.roomStates.map().values().stream()
        .sorted(Comparator.comparing((RoomState state) -> state.room().value()))
        .toList();
  }

  @Override
  public Optional<ThreadState> threadState(MessageId root) {
    return Optional.ofNullable(tables.threadStates.map().get(root));
  }

  @Override
  public List<ThreadState> threadStates(RoomId room) {
    return tables.threadStates.map().values().stream()
        .filter(state -> state.room().equals(room))
        .sorted(Comparator.comparing(ThreadState::root))
        .toList();
  }

  @Override
  public List<ThreadState> threadStates() {
    return tables.threadStates.map().values().stream()
        .sorted(
            Comparator.comparing((ThreadState state) -> state.room().value())
                .thenComparing(ThreadState::root))
        .toList();
  }

  @Override
  public List<ScopeRun> scopeRuns() {
    return tables.runs.map().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<Message> message(MessageId id) {
    return Optional.ofNullable(tables.messages.map().get(id)).map(Tables.Row::message);
  }

  @Override
  public Optional<StoredVersion> version(MessageId id) {
    return Optional.ofNullable(tables.messages.map().get(id))
        .map(
            row ->
                new StoredVersion(
                    row.message().room(),
                    row.message().updatedAt(),
                    row.origin(),
                    row.message().json()));
  }

  @Override
  public Optional<Tombstone> tombstone(MessageId id) {
    return Optional.ofNullable(tables.graves.map().get(id)).map(Tables.Grave::tombstone);
  }

  @Override
  public void forEachTombstone(RoomId room, Consumer<? super Tombstone> action) {
    tables.graves.map().values().stream()
        .filter(grave -> grave.room().equals(room))
        .map(Tables.Grave::tombstone)
        .sorted(Comparator.comparing(Tombstone::id))
        .forEachOrdered(action);
  }

  @Override
  public Optional<InQuestion> inQuestion(MessageId id) {
    return Optional.ofNullable(tables.inQuestion.map().get(id));
  }

  @Override
  public List<InQuestion> inQuestion(RoomId room) {
    return inQuestion().stream().filter(doubt -> doubt.room().equals(room)).toList();
  }

  @Override
  public List<InQuestion> inQuestion() {
    return tables.inQuestion.map().values().stream()
        .sorted(
            Comparator.comparing((InQuestion doubt) -> doubt.room().value())
                .thenComparing(InQuestion::id))
        .toList();
  }

  @Override
  public List<Message> messages(Scope scope, @Nullable MessageKey before, int limit) {
    return in(scope)
        .filter(message -> before == null || MessageKey.of(message).compareTo(before) < 0)
        .sorted(Comparator.comparing(MessageKey::of).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public long rank(RoomId room, MessageKey place) {
    return in(Scope.room(room))
        .filter(message -> MessageKey.of(message).compareTo(place) < 0)
        .count();
  }

  @Override
  public void forEachMessage(Scope scope, Consumer<? super Message> action) {
    in(scope).sorted(Comparator.comparing(MessageKey::of)).forEachOrdered(action);
  }

  @Override
  public List<ThreadSummary> threads(RoomId room, int limit) {
    Map<MessageId, ThreadSummary> threads = new HashMap<>();
    in(Scope.room(room))
        .forEach(
            message -> {
              if (message.replyCount() > 0) {
                threads.merge(
                    message.id(),
                    new ThreadSummary(message.id(), room, message, 0, null),
                    MemoryReader::joined);
              }
              MessageId root = message.thread();
              if (root != null) {
                threads.merge(
                    root,
                    new ThreadSummary(root, room, message(root).orElse(null), 1, message.sentAt()),
                    MemoryReader::joined);
              }
            });
    Comparator<ThreadSummary> latestFirst =
        Comparator.comparing(
            ThreadSummary::lastReplyAt, Comparator.nullsFirst(Comparator.naturalOrder()));
    return threads.values().stream()
        .sorted(latestFirst.reversed().thenComparing(ThreadSummary::root))
        .limit(limit)
        .toList();
  }

  private static ThreadSummary joined(ThreadSummary a, ThreadSummary b) {
    ServerTime last = a.lastReplyAt();
    if (last == null || (b.lastReplyAt() != null && b.lastReplyAt().isAfter(last))) {
      last = b.lastReplyAt();
    }
    return new ThreadSummary(
        a.root(),
        a.room(),
        a.rootMessage() != null ? a.rootMessage() : b.rootMessage(),
        a.replies() + b.replies(),
        last);
  }

  @Override
  public RoomCounts counts(RoomId room) {
    return tables.counts.of(room);
  }

  @Override
  public List<Quarantined> quarantine(@Nullable RoomId room, int limit) {
    return tables.quarantine.map().values().stream()
        .map(Tables.Quarantine::quarantined)
        .filter(entry -> room == null || room.equals(entry.room()))
        .limit(limit)
        .toList();
  }

  @Override
  public long quarantined(DirectoryList list) {
    return tables.quarantine.map().keySet().stream().filter(key -> key.list() == list).count();
  }

  @Override
  public boolean isSentAhead(RoomId room) {
    return in(Scope.room(room))
        .anyMatch(message -> message.sentAt().isAfter(message.updatedAt().plus(SENT_AHEAD)));
  }

  @Override
  public List<Finding> check() {
    return new MemoryCheck(tables).findings();
  }

  private Stream<Message> in(Scope scope) {
    Stream<Message> all = tables.messages.map().values().stream().map(Tables.Row::message);
    if (scope instanceof Scope.OfThread thread) {
      return all.filter(message -> thread.root().equals(message.thread()));
    }
    RoomId room = ((Scope.OfRoom) scope).room();
    return all.filter(message -> message.room().equals(room));
  }
}
