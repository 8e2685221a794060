package dev.strandline;

import dev.strandline.internal.read.Coverages;
import dev.strandline.internal.read.Doubts;
import dev.strandline.internal.read.Explanations;
import dev.strandline.internal.read.Overall;
import dev.strandline.internal.read.RoomNames;
import dev.strandline.internal.read.Statuses;
import dev.strandline.journal.MessageLinks;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.Finding;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is stored: rooms, threads and messages, each answer with its {@link Coverage} (R9).
 *
 * <p>Every answer is of one moment of the store. Reading works while a run writes, from other
 * threads and, over a store opened for reading, from other processes; it never asks the server.
 * Safe for several threads. Throws {@link dev.strandline.error.StoreException}s only, save for
 * misuse.
 */
public final class LocalCopy {
  private static final int LARGEST_PAGE = 10_000;

  private final Views views;

  private LocalCopy(Views views) {
    this.views = views;
  }

  /** Reads from {@code store}, which stays the caller's to close. */
  public static LocalCopy of(Store store) {
    return new LocalCopy(store::read);
  }

  /**
   * Reads several answers of one moment of the store, which agree with one another whatever is
   * written meanwhile: everything that the copy offers, its journal and its check included.
   *
   * <p>While it lasts a store in a file cannot clear what is written meanwhile out of its log,
   * which grows by that much; a run is not held up.
   *
   * @param reading called once, with a copy that is valid only inside of it and on its thread; what
   *     it returns must not hold on to that
   */
  public <T> T atOneMoment(Function<? super LocalCopy, T> reading) {
    return read(reader -> Views.within(reader, one -> reading.apply(new LocalCopy(one))));
  }

  private <T> T read(Function<? super StoreReader, T> work) {
    return views.read(work);
  }

  /** Every room known, by id. */
  public List<RoomOverview> rooms() {
    return read(LocalCopy::overviews);
  }

  private static List<RoomOverview> overviews(StoreReader reader) {
    Map<RoomId, RoomCounts> counts = reader.counts();
    Map<RoomId, RoomState> states = new HashMap<>();
    reader.roomStates().forEach(state -> states.put(state.room(), state));
    return reader.rooms().stream()
        .map(
            room -> {
              RoomCounts stored = counts.getOrDefault(room.id(), RoomCounts.NONE);
              return new RoomOverview(room, stored, coverage(states.get(room.id()), stored));
            })
        .toList();
  }

  /**
   * What all rooms are worth together. Unknown where it was never asked which rooms there are, as
   * before the first run, or where only rooms that were named have been synchronised.
   */
  public OverallCoverage coverage() {
    return read(
        reader ->
            Overall.ofAll(uncounted(reader), reader.directory(), reader.quarantinedOfDirectory()));
  }

  /** What {@code rooms} are worth together; unknown where they are none. */
  public OverallCoverage coverage(Collection<RoomId> rooms) {
    return read(
        reader ->
            Overall.of(
                uncounted(reader).stream()
                    .filter(room -> rooms.contains(room.room().id()))
                    .toList(),
                reader.directory()));
  }

  /** Every room with nothing counted but messages in question: counting takes the longer. */
  private static List<RoomOverview> uncounted(StoreReader reader) {
    Doubts doubts = Doubts.of(reader);
    Map<RoomId, RoomState> states = new HashMap<>();
    reader.roomStates().forEach(state -> states.put(state.room(), state));
    return reader.rooms().stream()
        .map(
            room -> {
              RoomCounts counts = new RoomCounts(0, 0, 0, 0, doubts.inRoom(room.id()));
              return new RoomOverview(room, counts, coverage(states.get(room.id()), counts));
            })
        .toList();
  }

  /** A room as the server's directory tells of it; cheaper than {@link #room}. */
  public Optional<Room> entry(RoomId id) {
    return read(reader -> reader.room(id));
  }

  /**
   * All rooms known as the server's directory tells of them, by id; cheaper than {@link #rooms}.
   */
  public List<Room> entries() {
    return read(StoreReader::rooms);
  }

  /**
   * Finds the stored room that is meant by an id or a name; see {@link Strandline#findRooms}, which
   * asks the server too.
   */
  public RoomMatch findRoom(String given) {
    return new RoomNames(entries()).match(given);
  }

  /** Whose messages these are; empty while no server has accepted the account. */
  public Optional<StoreOwner> owner() {
    return read(StoreReader::owner);
  }

  /** How many messages of a room are unread, by the server's count; empty where it is not known. */
  public OptionalInt unread(RoomId id) {
    return read(reader -> reader.unread(id));
  }

  /** One room; empty where nothing is known of it. */
  public Optional<RoomOverview> room(RoomId id) {
    return read(reader -> reader.room(id).map(room -> overview(reader, room)));
  }

  private static RoomOverview overview(StoreReader reader, Room room) {
    RoomCounts counts = reader.counts(room.id());
    return new RoomOverview(
        room, counts, coverage(reader.roomState(room.id()).orElse(null), counts));
  }

  private static Coverage coverage(@Nullable RoomState state, RoomCounts counts) {
    return Coverages.ofRoom(state, (int) counts.inQuestion());
  }

  /**
   * A page of a room's messages, replies included, newest first.
   *
   * @param before only what comes before this place, {@link MessagePage#next()}; null for the
   *     newest
   * @param limit how many at most, 1 to 10,000
   */
  public MessagePage messages(RoomId room, @Nullable MessageKey before, int limit) {
    return page(Scope.room(room), before, limit);
  }

  /**
   * A page of a thread's replies, newest first. The root is not one of them.
   *
   * @param before only what comes before this place, {@link MessagePage#next()}; null for the
   *     newest
   * @param limit how many at most, 1 to 10,000
   */
  public MessagePage replies(MessageId root, @Nullable MessageKey before, int limit) {
    return page(Scope.thread(root), before, limit);
  }

  private MessagePage page(Scope scope, @Nullable MessageKey before, int limit) {
    checkLimit(limit);
    return read(
        reader -> {
          // One more than asked for tells whether there is more.
          List<Message> found = reader.messages(scope, before, limit + 1);
          boolean more = found.size() > limit;
          List<Message> page = more ? found.subList(0, limit) : found;
          Coverage whole = coverage(reader, scope, found);
          Coverage coverage =
              Coverages.ofPage(whole, page, more, () -> agreesOnTime(reader, scope));
          return new MessagePage(
              page, coverage, more ? MessageKey.of(page.get(page.size() - 1)) : null);
        });
  }

  /**
   * All live messages of a room or thread in reading order, oldest first, one at a time.
   *
   * @return what they are worth, of the same moment
   */
  public Coverage forEachMessage(Scope scope, Consumer<? super Message> action) {
    return read(
        reader -> {
          reader.forEachMessage(scope, action);
          return coverage(reader, scope);
        });
  }

  /** One message: live, dead, or not known. */
  public MessageLookup message(MessageId id) {
    return read(
        reader -> {
          Message message = reader.message(id).orElse(null);
          Tombstone tombstone = reader.tombstone(id).orElse(null);
          InQuestion doubt = reader.inQuestion(id).orElse(null);
          RoomId room = room(reader, id, message, doubt);
          Coverage coverage =
              room == null ? new Coverage.Unknown() : coverage(reader, Scope.room(room));
          return new MessageLookup(message, tombstone, doubt, coverage);
        });
  }

  private static @Nullable RoomId room(
      StoreReader reader, MessageId id, @Nullable Message message, @Nullable InQuestion doubt) {
    if (message != null) {
      return message.room();
    }
    MessageLinks.Grave grave = reader.links(id).grave();
    return grave != null ? grave.room() : doubt != null ? doubt.room() : null;
  }

  /** All tombstones of a room's messages, by message, one at a time (R7). */
  public void forEachTombstone(RoomId room, Consumer<? super Tombstone> action) {
    read(
        reader -> {
          reader.forEachTombstone(room, action);
          return room;
        });
  }

  /**
   * Why a message is here, or is not: which page of which run stored or removed it, as far as the
   * journal reaches; and for one that never was stored, where it could be.
   */
  public Explanation explain(MessageId id) {
    return read(reader -> Explanations.of(reader, id));
  }

  /** What runs did; within one moment, what they had done by then. */
  public LocalJournal journal() {
    return new LocalJournal(views);
  }

  /**
   * A room's threads, the most recently replied to first.
   *
   * @param limit how many at most, 1 to 10,000
   */
  public ThreadList threads(RoomId room, int limit) {
    checkLimit(limit);
    return read(
        reader -> new ThreadList(reader.threads(room, limit), coverage(reader, Scope.room(room))));
  }

  /**
   * What is in quarantine, oldest first (R14).
   *
   * @param room only this room's, null for all of it, the directory's included
   * @param limit how many at most, 1 to 10,000
   */
  public List<Quarantined> quarantine(@Nullable RoomId room, int limit) {
    checkLimit(limit);
    return read(reader -> reader.quarantine(room, limit));
  }

  /**
   * Looks for words in what people see of live messages. Fast where the store has an index;
   * otherwise every message that the query covers is read.
   */
  public SearchPage search(SearchQuery query) {
    return read(reader -> reader.search(query));
  }

  /** Where every scope stands that was ever worked on: rooms first, each with its threads. */
  public List<ScopeStatus> status() {
    return read(reader -> new Statuses(reader).all());
  }

  /**
   * How many entries of the account's list of rooms are in quarantine, since they cannot be
   * understood (R14). While there are any, rooms may be missing here, and the account as a whole is
   * not complete, whatever each room is.
   */
  public long unreadableRooms() {
    return read(StoreReader::quarantinedOfDirectory);
  }

  /** Checks the store: see {@link Store#check()}. Cost grows with the store. */
  public List<Finding> check() {
    return read(StoreReader::check);
  }

  /** Whether all that is known of a room lets its messages be sought by when they were sent. */
  private static boolean agreesOnTime(StoreReader reader, Scope scope) {
    return scope instanceof Scope.OfRoom room
        && reader.room(room.room()).filter(Room::hasOtherClocks).isEmpty()
        && !reader.isSentAhead(room.room());
  }

  private static Coverage coverage(StoreReader reader, Scope scope) {
    return coverage(reader, scope, List.of());
  }

  /**
   * @param found messages of the scope, which tell a thread's room for nothing
   */
  private static Coverage coverage(StoreReader reader, Scope scope, List<Message> found) {
    if (scope instanceof Scope.OfThread thread) {
      ThreadState state = reader.threadState(thread.root()).orElse(null);
      Optional<RoomId> room =
          state != null
              ? Optional.of(state.room())
              : found.isEmpty()
                  ? reader.version(thread.root()).map(StoredVersion::room)
                  : Optional.of(found.get(0).room());
      return Coverages.ofThread(
          state,
          room.flatMap(reader::roomState).orElse(null),
          room.map(it -> Doubts.of(reader, it).inThread(it, thread.root())).orElse(0));
    }
    return Coverages.ofRoom(reader, ((Scope.OfRoom) scope).room());
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + LARGEST_PAGE + ", not " + limit);
    }
  }
}
