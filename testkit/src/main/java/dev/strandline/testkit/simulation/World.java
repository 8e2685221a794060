package dev.strandline.testkit.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.strandline.model.Message;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.StoreOwner;
import dev.strandline.testkit.ManualClock;
import dev.strandline.testkit.server.Backup;
import dev.strandline.testkit.server.DirectRoutes;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.testkit.server.TieOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server of a history: carries deeds out, late ones later, and takes down what was ever shown.
 * Its clock and the device's go on together.
 */
final class World {
  static final String LOBBY = "lobby";
  static final int USERS = 3;

  private static final Instant BEGINNING = Instant.parse("2025-10-09T09:00:00Z");

  private record Pending(long due, long order, long stamp, Deed deed) {}

  final Surroundings surroundings;
  final FakeWorkspace workspace;
  final DirectRoutes routes;
  final ManualClock clock;
  final SilentDeletions silent = new SilentDeletions();

  /** The record of each room. */
  final Map<String, ServerRecord> records = new LinkedHashMap<>();

  private final ServerClock serverClock = ServerClock.manual(BEGINNING);
  private final Timeline time = new Timeline(serverClock);
  private final OddDeeds odd = new OddDeeds(this, time);
  private final List<FakeUser> users = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Map<String, Long> dying = new HashMap<>();
  private final Set<String> garbled = new HashSet<>();
  private boolean silence;
  private @Nullable Backup backup;
  private int texts;
  private int identities;
  private String identity;
  private long deeds;

  World(Surroundings surroundings, long seed) {
    this.surroundings = surroundings;
    workspace = FakeWorkspace.create(serverClock, seed);
    identity = "first";
    workspace.settings().set("uniqueID", TextNode.valueOf(identity));
    clock = ManualClock.at(BEGINNING).takingAlong(this::timePassed);
    for (int user = 0; user < USERS; user++) {
      users.add(
          workspace
              .users()
              .create(new FakeUser("user" + user, "name" + user, "User", "token", Set.of("user"))));
    }
    routes =
        new DirectRoutes(workspace, users.get(0), surroundings.form(), TieOrder.SHUFFLED_EACH_CALL);
    workspace.rooms().createWithId(LOBBY, FakeRoomType.GROUP, LOBBY, users.get(0));
    for (int room = 0; room < surroundings.rooms(); room++) {
      String id = roomName(room);
      FakeRoomType type =
          surroundings.open()
              ? FakeRoomType.CHANNEL
              : surroundings.has(Draw.BEGUN_AGAIN) ? FakeRoomType.DIRECT : FakeRoomType.GROUP;
      workspace.rooms().createWithId(id, type, id, users.toArray(FakeUser[]::new));
      records.put(id, new ServerRecord());
    }
    pass(1);
  }

  static String roomName(int number) {
    return String.valueOf((char) ('A' + number));
  }

  // --- time --------------------------------------------------------------------------------------

  /** What the server's clock shows: the true time, unless it was set. */
  long now() {
    return time.now();
  }

  /** The true time, which only passes. */
  long trueNow() {
    return time.trueNow();
  }

  /**
   * The true time up to which a claim as of {@code asOf} says something. A stamp, or a date, can be
   * ahead of the server's by as much as the clocks are off.
   */
  long momentOf(ServerTime asOf) {
    return time.trueTimeOf(asOf.epochMilli() - surroundings.clocks());
  }

  /** Whether any room has shown a message at {@code at} or later. */
  boolean wasShownSince(String id, ServerTime at) {
    long moment = momentOf(at);
    return records.values().stream().anyMatch(record -> record.wasShownSince(id, moment));
  }

  /** A request is answered. */
  void answered() {
    time.answered();
  }

  void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  /** Lets a long time pass, of which somebody has to tell where the server's answers do not. */
  void leap(long millis) {
    pass(millis);
    tellTheTime();
  }

  /** The same, while the clock by which the device measures waits stands still. */
  void suspend(long millis) {
    Duration duration = Duration.ofMillis(millis);
    timePassed(duration);
    clock.set(clock.now().plus(duration));
    tellTheTime();
  }

  private void tellTheTime() {
    if (surroundings.dates() == Dates.NONE) {
      // Without a date, only what is written tells how long a room was away (decision 3).
      records.keySet().forEach(room -> act(1, 0, 0, new Deed.Post(room, "news" + ++texts, 1)));
    }
  }

  /** What is due meanwhile is written at its time. */
  private void timePassed(Duration duration) {
    long until = trueNow() + duration.toMillis();
    writeUntil(until);
    time.advance(Math.max(0, until - trueNow()));
  }

  private void writeUntil(long until) {
    for (Pending next = nextDue(until); next != null; next = nextDue(until)) {
      time.advance(Math.max(0, next.due() - trueNow()));
      pending.remove(next);
      // What goes long after its tombstone changes the room's document when it goes.
      carryOut(next.deed() instanceof Deed.Purged ? now() : next.stamp(), next.deed());
    }
  }

  /** Writes everything that is under way by the clock as it is now. */
  void writeWhatIsUnderWay() {
    long longest = surroundings.late();
    writeUntil(trueNow() + longest);
  }

  private @Nullable Pending nextDue(long until) {
    return pending.stream()
        .filter(write -> write.due() <= until)
        .min(Comparator.comparingLong(Pending::due).thenComparingLong(Pending::order))
        .orElse(null);
  }

  // --- deeds -------------------------------------------------------------------------------------

  /** Lets time pass and does something. */
  void act(int pause, int clockOff, int late, Deed deed) {
    pass(pause);
    long stamp = now() + clockOff;
    if (late > 0 && deed instanceof Deed.Delete delete && bury(delete.id(), stamp)) {
      later(trueNow() + late, stamp, deed);
    } else if (deed instanceof Deed.Prune prune) {
      prune(prune, stamp, late);
    } else if (deed instanceof Deed.Uproot uproot) {
      if (isRoot(uproot.id())) {
        writeTombstone(uproot.id(), stamp);
        later(trueNow() + late, stamp, deed);
      }
    } else if (deed instanceof Deed.Purge purge) {
      if (bury(purge.id(), stamp)) {
        odd.purging(purge.id());
        later(trueNow() + purge.millis(), stamp, new Deed.Purged(purge.id()));
      }
    } else if (late > 0 && canBeLate(deed)) {
      later(trueNow() + late, stamp, deed);
    } else {
      carryOut(stamp, deed);
    }
    timePassed(Duration.ZERO);
  }

  void later(long due, long stamp, Deed deed) {
    pending.add(new Pending(due, deeds++, stamp, deed));
  }

  private static boolean canBeLate(Deed deed) {
    return deed instanceof Deed.Post
        || deed instanceof Deed.Reply
        || deed instanceof Deed.Edit
        || deed instanceof Deed.Star
        || deed instanceof Deed.Rename
        || deed instanceof Deed.Recreate;
  }

  private void carryOut(long stamp, Deed deed) {
    workspace.stamped(Instant.ofEpochMilli(stamp), () -> carryOut(deed, stamp));
    takeDown();
  }

  private void takeDown() {
    records.forEach(
        (room, record) -> {
          Set<String> changed = record.takeDown(trueNow(), routes.shown(room));
          if (surroundings.exemptionsEnd()) {
            silence |= odd.exempt(record, changed);
          }
          workspace.room(room).ifPresent(document -> record.takeDown(told(document)));
        });
  }

  /** What happens in a room changes one of these, if anything of its document. */
  private static String told(ObjectNode room) {
    JsonNode last = room.path("lastMessage");
    return room.path("msgs")
        + room.path("_updatedAt").asText()
        + last.path("_id").asText()
        + last.path("_updatedAt").asText();
  }

  private void carryOut(Deed deed, long stamp) {
    if (deed instanceof Deed.Post post) {
      if (find(post.id()) == null && routes.deletedAt(post.id()) == null) {
        workspace.messages().postWithId(post.id(), post.room(), user(post.user()), text());
      }
    } else if (deed instanceof Deed.Reply reply) {
      if (find(reply.id()) == null
          && routes.deletedAt(reply.id()) == null
          && isReadable(find(reply.root()))) {
        workspace.messages().replyWithId(reply.id(), reply.root(), user(reply.user()), text());
      }
    } else if (deed instanceof Deed.Edit edit) {
      edit(edit.id(), stamp);
    } else if (deed instanceof Deed.Star star) {
      if (isReadable(find(star.id()))) {
        workspace.messages().star(star.id(), user(star.user()));
      }
    } else if (deed instanceof Deed.Rename rename) {
      workspace.users().rename(user(rename.user()), "name" + ++texts);
    } else if (deed instanceof Deed.Delete delete) {
      delete(delete.id());
    } else if (deed instanceof Deed.Prune || deed instanceof Deed.Uproot) {
      unlinkTheDying();
    } else if (deed instanceof Deed.Recreate recreate) {
      recreate(recreate.id(), stamp);
    } else if (deed instanceof Deed.Garble garble) {
      garble(garble.id(), stamp);
    } else if (deed instanceof Deed.Odd other) {
      odd.carryOut(other, stamp);
    } else {
      administer(deed);
    }
  }

  private void administer(Deed deed) {
    if (deed instanceof Deed.Hide hide) {
      if (isReadable(find(hide.id()))) {
        workspace.removals().hide(hide.id());
        silently(hide.id());
      }
    } else if (deed instanceof Deed.Expire expire) {
      if (find(expire.id()) != null) {
        workspace.removals().expire(expire.id());
        silently(expire.id());
      }
    } else if (deed instanceof Deed.Restore restore) {
      // With its own stamp an entry whose stamp cannot be read is in no feed.
      if (canBringBack()
          && !garbled.contains(restore.id())
          && find(restore.id()) == null
          && routes.deletedAt(restore.id()) != null) {
        workspace.removals().restoreFromTrash(restore.id());
        silently(restore.id());
      }
    } else if (deed instanceof Deed.Leave leave) {
      if (isMember(leave.room())) {
        workspace.rooms().leave(leave.room(), user(0));
      }
    } else if (deed instanceof Deed.Join join) {
      workspace.rooms().join(join.room(), user(0));
    } else if (deed instanceof Deed.Keep keep) {
      keep(keep.history(), keep.placeholders());
    } else if (deed instanceof Deed.Threads threads) {
      workspace.settings().threads(threads.on());
    } else if (deed instanceof Deed.BackUp) {
      // One that is taken in the middle of a deletion would keep the message for ever.
      if (dying.isEmpty()) {
        backup = workspace.backUp();
      }
    } else if (deed instanceof Deed.RollBack rollBack) {
      rollBack(rollBack.asAnother());
    }
  }

  private void edit(String id, long stamp) {
    ObjectNode document = find(id);
    if (document == null || document.path("_hidden").asBoolean(false)) {
      return;
    }
    if (isReadable(document)) {
      workspace.messages().edit(id, user(1), text());
    } else {
      garbled.remove(id);
      document.put("ts", ServerTime.ofEpochMilli(stamp).toString());
      document.put("_updatedAt", ServerTime.ofEpochMilli(stamp).toString()).put("msg", text());
      workspace.raw().putMessage(document);
    }
  }

  /** A version that no client understands; where there is no such message, one without an id. */
  private void garble(String id, long stamp) {
    ObjectNode document = find(id);
    Instant at = Instant.ofEpochMilli(stamp);
    if (document == null) {
      document = new ObjectNode(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance);
      document.put("rid", roomName(0)).put("ts", at.toString()).put("_updatedAt", at.toString());
      workspace.raw().putMessage(document.put("msg", text()), at, at);
    } else if (isReadable(document)) {
      document.put(++texts % 2 == 0 ? "ts" : "_updatedAt", "not a date").put("msg", text());
      garbled.add(id);
      workspace.raw().putMessage(document, at, at);
      exempt(id);
    }
  }

  private void recreate(String id, long stamp) {
    ServerTime deletedAt = routes.deletedAt(id);
    // Decision 8: within the lookback it would stay dead until it is written again; and so would it
    // where a process whose clock is behind, or one that is late, then writes it with such a stamp.
    long safely = stamp - 2L * surroundings.clocks() - surroundings.late();
    if (deletedAt != null
        && find(id) == null
        && safely > deletedAt.epochMilli() + surroundings.lookback()) {
      workspace.removals().recreate(id);
    }
  }

  // --- deletions ---------------------------------------------------------------------------------

  void delete(String id) {
    if (dying.remove(id) != null) {
      // It may have expired meanwhile.
      if (find(id) != null) {
        workspace.removals().removeLive(id);
      }
      return;
    }
    ObjectNode document = find(id);
    if (document != null && !document.path("_hidden").asBoolean(false)) {
      boolean hides = silent.hides() && document.path("tcount").asInt(0) <= 0;
      workspace.removals().delete(id, user(1));
      if (hides) {
        silent.deleted(id);
        silence = true;
      }
    }
  }

  /** Writes the tombstone of a message of which the rest goes later, where that is its way. */
  private boolean bury(String id, long stamp) {
    ObjectNode document = find(id);
    boolean plain =
        isReadable(document)
            && !silent.keepsHistory()
            && !silent.showsDeleted()
            && document != null
            && !document.has("tmid")
            && document.path("tcount").asInt(0) <= 0
            && !dying.containsKey(id);
    if (plain) {
      writeTombstone(id, stamp);
    }
    return plain;
  }

  private void writeTombstone(String id, long stamp) {
    workspace.stamped(Instant.ofEpochMilli(stamp), () -> workspace.removals().writeTombstone(id));
    dying.put(id, stamp);
  }

  private void prune(Deed.Prune prune, long stamp, int late) {
    int left = prune.messages();
    long due = trueNow() + late;
    long at = stamp;
    for (Message message : List.copyOf(routes.shown(prune.room()).values())) {
      if (left > 0
          && message.thread() == null
          && message.replyCount() == 0
          && !dying.containsKey(message.id().value())) {
        writeTombstone(message.id().value(), at++);
        left--;
      }
    }
    later(Math.max(due, trueNow()), stamp, prune);
  }

  private void unlinkTheDying() {
    for (String id : List.copyOf(dying.keySet()).stream().sorted().toList()) {
      delete(id);
    }
  }

  // --- what nobody is told -----------------------------------------------------------------------

  private void keep(boolean history, boolean placeholders) {
    workspace.settings().keepHistory(history).showDeletedStatus(placeholders);
    silent.settings(history, placeholders).forEach(this::exempt);
  }

  private void rollBack(boolean asAnother) {
    if (backup == null || !(asAnother || canBringBack())) {
      return;
    }
    Map<String, Map<String, Message>> before = new HashMap<>();
    records.keySet().forEach(room -> before.put(room, routes.shown(room)));
    workspace.restore(backup);
    dying.keySet().forEach(this::exempt);
    dying.clear();
    if (asAnother) {
      identity = "another-" + ++identities;
      workspace.settings().set("uniqueID", TextNode.valueOf(identity));
      return;
    }
    silence = true;
    records.forEach(
        (room, record) -> {
          Map<String, Message> after = routes.shown(room);
          Set<String> ids = new HashSet<>(before.getOrDefault(room, Map.of()).keySet());
          ids.addAll(after.keySet());
          ids.addAll(record.ids());
          ids.forEach(id -> record.exempt(id, exemptFrom()));
        });
  }

  /**
   * Decision 12: where as many messages go without a trace as are brought back with their old
   * stamps, a count of them sees nothing.
   */
  private boolean canBringBack() {
    return !surroundings.listings();
  }

  void silently(String id) {
    silence = true;
    exempt(id);
  }

  /** Something happened that only a whole reading finds. */
  void becomesSilent() {
    silence = true;
  }

  private void exempt(String id) {
    records.values().forEach(record -> record.exempt(id, exemptFrom()));
  }

  private long exemptFrom() {
    return surroundings.exemptionsEnd() ? trueNow() : Long.MIN_VALUE;
  }

  /** Whether a run that begins now can tell by a confirmed date that a position is ahead of it. */
  boolean isBehind(ServerTime settled) {
    long lateness = surroundings.dates().lateness();
    return time.isEverSet() && now() + lateness < settled.epochMilli();
  }

  // --- looking -----------------------------------------------------------------------------------

  /** Whether something happened that only a reconciliation can find (R11). */
  boolean hasSilence() {
    return silence;
  }

  /** Whether the tombstone of a message is there, and the message still is. */
  boolean isDying(String id) {
    return dying.containsKey(id);
  }

  /**
   * Whether a store's owner is another workspace than the server now is: the next handshake finds
   * that out, and distrusts everything.
   */
  boolean isAnother(@Nullable StoreOwner owner) {
    String known = owner == null ? null : owner.serverId();
    return known != null && !known.equals(identity);
  }

  ServerRecord record(String room) {
    ServerRecord record = records.get(room);
    if (record == null) {
      throw new IllegalArgumentException("no room " + room);
    }
    return record;
  }

  @Nullable ObjectNode find(String id) {
    return workspace.message(id).orElse(null);
  }

  static boolean isReadable(@Nullable ObjectNode document) {
    return document != null
        && !document.path("_hidden").asBoolean(false)
        && !document.path("ts").asText().startsWith("not")
        && !document.path("_updatedAt").asText().startsWith("not");
  }

  private boolean isRoot(String id) {
    ObjectNode document = find(id);
    return isReadable(document)
        && document != null
        && document.path("tcount").asInt(0) > 0
        && !dying.containsKey(id);
  }

  boolean isMember(String room) {
    return routes.subscriptions(null, null).entries().stream()
        .anyMatch(entry -> entry.room().value().equals(room));
  }

  FakeUser user(int number) {
    return users.get(number);
  }

  String text() {
    return "text " + ++texts;
  }

  /** Everything that is under way is written; the caller is a member everywhere. */
  void calmDown() {
    pass(
        2L * surroundings.clocks()
            + surroundings.late()
            + surroundings.lookback()
            + odd.undecided()
            + 1L);
    for (String room : records.keySet()) {
      act(1, 0, 0, new Deed.Join(room));
    }
    pass(2L * surroundings.clocks() + surroundings.lookback() + 1L);
  }
}
