package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Rocket.Chat workspace in memory: users, rooms, subscriptions, messages, the trash, the settings
 * and the server's clock.
 *
 * <p>Every write stamps {@code _updatedAt} and touches the room and the thread root as the real
 * server does, including where it does not: an edit of an old message leaves its room's document
 * alone. Ids and texts come from the seed, so that the same calls on the same seed make the same
 * workspace. Thread-safe: one lock for everything. A message costs its JSON and about 300 bytes.
 */
public final class FakeWorkspace {
  private final WorkspaceState state;
  private final Users users;
  private final Rooms rooms;
  private final Messages messages;
  private final Removals removals;
  private final RawDocuments raw;
  private final Conversation conversation;

  private FakeWorkspace(ServerClock clock, long seed) {
    state = new WorkspaceState(clock, seed);
    RoomLedger ledger = new RoomLedger(state);
    users = new Users(state);
    rooms = new Rooms(state);
    messages = new Messages(state, ledger);
    removals = new Removals(state, ledger);
    raw = new RawDocuments(state);
    conversation = new Conversation(state, ledger);
  }

  /**
   * Returns an empty workspace.
   *
   * @param clock the server's clock
   * @param seed draws ids, texts and the order of ties
   */
  public static FakeWorkspace create(ServerClock clock, long seed) {
    return new FakeWorkspace(clock, seed);
  }

  /**
   * Returns an empty workspace with seed 1 and a manual clock at 2025-10-09T09:00:00Z that moves a
   * millisecond with each write.
   */
  public static FakeWorkspace create() {
    ServerClock clock = ServerClock.manual(Instant.parse("2025-10-09T09:00:00Z"));
    return create(clock.stepPerWrite(java.time.Duration.ofMillis(1)), 1);
  }

  /** Returns the server's clock. */
  public ServerClock clock() {
    return state.clock;
  }

  /** Returns the settings. */
  public WorkspaceSettings settings() {
    return state.settings;
  }

  /** Returns what can be done with users. */
  public Users users() {
    return users;
  }

  /** Returns what can be done with rooms and memberships. */
  public Rooms rooms() {
    return rooms;
  }

  /** Returns what people do with messages. */
  public Messages messages() {
    return messages;
  }

  /** Returns the ways in which messages disappear, and come back. */
  public Removals removals() {
    return removals;
  }

  /** Returns direct access to the collections, for states that no operation would leave. */
  public RawDocuments raw() {
    return raw;
  }

  /** Returns the generator of realistic traffic. */
  public Conversation conversation() {
    return conversation;
  }

  /**
   * Runs writes with an explicit stamp instead of the clock's: an app server whose clock is off, or
   * a write that took its stamp long before it became visible.
   *
   * @param stamp the stamp of everything written inside, to the millisecond
   * @param writes the writes; nothing else writes meanwhile
   */
  public void stamped(Instant stamp, Runnable writes) {
    synchronized (state) {
      state.withStamp(stamp.toEpochMilli(), writes);
    }
  }

  /** Returns the messages and the trash as they are now. */
  public Backup backUp() {
    synchronized (state) {
      return new Backup(state.messages.all(), state.messageTrash.all());
    }
  }

  /**
   * Puts messages and trash back to what they were, without a trace of what came since. Room
   * documents stay as they are; the clock goes on.
   */
  public void restore(Backup backup) {
    synchronized (state) {
      state.messages.replaceAll(backup.messages());
      state.messageTrash.replaceAll(backup.trash());
    }
  }

  /** Returns a copy of a live message's document (hidden or not), or empty where there is none. */
  public Optional<ObjectNode> message(String id) {
    synchronized (state) {
      return Optional.ofNullable(state.messages.find(id)).map(MessageRow::document);
    }
  }

  /** Returns a copy of a room's document, or empty where there is none. */
  public Optional<ObjectNode> room(String rid) {
    synchronized (state) {
      return Optional.ofNullable(state.rooms.get(rid)).map(ObjectNode::deepCopy);
    }
  }

  /**
   * The truth to compare a client with: the room's live messages that are not hidden, as the caller
   * would see them.
   *
   * @param rid the room
   * @param caller whose stars to show
   * @return documents ordered by {@code ts}, then {@code _id}; the whole room in memory
   */
  public List<ObjectNode> visibleMessages(String rid, FakeUser caller) {
    return visibleJson(rid, caller.id()).stream().map(Json::document).toList();
  }

  List<byte[]> visibleJson(String rid, String callerId) {
    List<MessageRow> rows;
    synchronized (state) {
      rows = new ArrayList<>(state.messages.ofRoom(rid));
    }
    return rows.stream()
        .filter(row -> !row.hidden())
        .sorted(java.util.Comparator.comparingLong(MessageRow::ts).thenComparing(MessageRow::id))
        .map(row -> row.jsonFor(callerId))
        .toList();
  }

  /** Returns how many messages are live in a room, hidden ones included. */
  public int liveMessages(String rid) {
    synchronized (state) {
      return state.messages.room(rid).size();
    }
  }

  /** Returns how many tombstones of a room's messages the trash still holds. */
  public int tombstones(String rid) {
    synchronized (state) {
      state.expireTrash();
      return state.messageTrash.deletedAfter(rid, Long.MIN_VALUE).size();
    }
  }

  WorkspaceState state() {
    return state;
  }
}
