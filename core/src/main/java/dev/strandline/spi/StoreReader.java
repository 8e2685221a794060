package dev.strandline.spi;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.search.Scan;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One consistent view of a store: everything read through one reader is of one moment. Valid only
 * inside the function that it was passed to, and only on that function's thread.
 */
public interface StoreReader extends JournalReader {

  /**
   * The server takes a sender's own time where it is at most this far from its own (facts 9): no
   * message of its own says that it was sent later than this after it was written.
   */
  Duration SENT_AHEAD = Duration.ofMinutes(1);

  /** Whose messages these are; empty in a store that was never filled. */
  Optional<StoreOwner> owner();

  /** How far the directory has been read; {@link DirectoryState#UNREAD} at first. */
  DirectoryState directory();

  /** Every room known, by id. */
  List<Room> rooms();

  Optional<Room> room(RoomId id);

  /** What {@link Room#unread()} says of a room; empty where it is not known. */
  default OptionalInt unread(RoomId id) {
    return room(id).map(room -> OptionalInt.of(room.unread())).orElseGet(OptionalInt::empty);
  }

  /** The room that a subscription is to: removals name the subscription only (R12). */
  Optional<RoomId> roomOfSubscription(String subscriptionId);

  Optional<RoomState> roomState(RoomId room);

  /** The state of every room that has one, by room id. */
  List<RoomState> roomStates();

  Optional<ThreadState> threadState(MessageId root);

  /** The state of every thread of {@code room} that has one, by root. */
  List<ThreadState> threadStates(RoomId room);

  /** The same of all rooms, by room id and root. */
  List<ThreadState> threadStates();

  /** How the last run over each scope ended, by the scope's text. */
  List<ScopeRun> scopeRuns();

  /** How the last run over one scope ended. */
  default Optional<ScopeRun> scopeRun(Scope scope) {
    return scopeRuns().stream().filter(run -> run.scope().equals(scope)).findFirst();
  }

  /** One live message. */
  Optional<Message> message(MessageId id);

  /** What merging needs of one live message; cheaper than {@link #message}. */
  Optional<StoredVersion> version(MessageId id);

  Optional<Tombstone> tombstone(MessageId id);

  /** All tombstones of a room's messages, by message, one at a time. */
  void forEachTombstone(RoomId room, Consumer<? super Tombstone> action);

  /** What makes it doubtful whether the server still has a message; empty where nothing does. */
  Optional<InQuestion> inQuestion(MessageId id);

  /** The messages in question of a room, by id. */
  List<InQuestion> inQuestion(RoomId room);

  /** All messages in question, by room and id. */
  List<InQuestion> inQuestion();

  /**
   * Live messages of a room (replies included) or of a thread (its replies; the root is not one),
   * in reading order, newest first.
   *
   * @param before only what comes before this place, null for the newest
   * @param limit at least 1
   */
  List<Message> messages(Scope scope, @Nullable MessageKey before, int limit);

  /**
   * How many live messages of {@code room} come before {@code place} in reading order. Without an
   * override it costs a walk over the room.
   */
  default long rank(RoomId room, MessageKey place) {
    long[] before = new long[1];
    forEachMessage(
        Scope.room(room),
        message -> {
          if (MessageKey.of(message).compareTo(place) < 0) {
            before[0]++;
          }
        });
    return before[0];
  }

  /** All live messages of a room or thread in reading order, oldest first, one at a time. */
  void forEachMessage(Scope scope, Consumer<? super Message> action);

  /**
   * Threads of a room, of which the root or a reply is stored, the most recently replied to first.
   *
   * @param limit at least 1
   */
  List<ThreadSummary> threads(RoomId room, int limit);

  RoomCounts counts(RoomId room);

  /** The same of every room that is known: a store that can tell in one go should. */
  default Map<RoomId, RoomCounts> counts() {
    Map<RoomId, RoomCounts> all = new HashMap<>();
    rooms().forEach(room -> all.put(room.id(), counts(room.id())));
    return all;
  }

  /**
   * What is in quarantine, oldest first.
   *
   * @param room only this room's, null for all of it, the directory's included
   * @param limit at least 1
   */
  List<Quarantined> quarantine(@Nullable RoomId room, int limit);

  /** How many entries of the directory's {@code list} are in quarantine. */
  long quarantined(DirectoryList list);

  /** How many entries of all of the directory are in quarantine. */
  default long quarantinedOfDirectory() {
    long sum = 0;
    for (DirectoryList list : DirectoryList.values()) {
      sum += quarantined(list);
    }
    return sum;
  }

  /**
   * Whether a live message of {@code room} says that it was sent more than {@link #SENT_AHEAD}
   * after the server last wrote it.
   */
  boolean isSentAhead(RoomId room);

  /** The same as {@link Store#check()}, of the moment that this reader reads. */
  List<Finding> check();

  /**
   * Looks for words in what people see of live messages. A store that has an index uses it; this
   * reads every message that the query covers.
   */
  default SearchPage search(SearchQuery query) {
    return Scan.of(this, query);
  }
}
