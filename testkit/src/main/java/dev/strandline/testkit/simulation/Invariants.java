package dev.strandline.testkit.simulation;

import dev.strandline.LocalCopy;
import dev.strandline.MessagePage;
import dev.strandline.ScopeStatus;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import dev.strandline.testkit.simulation.ServerRecord.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold of a store at every moment, held against the record of what the server showed
 * (R9) and against what the positions still bring.
 */
final class Invariants {
  private final World world;
  private final Store store;
  private final LocalCopy copy;
  private final Behind behind;
  private long claims;

  Invariants(World world, Store store) {
    this.world = world;
    this.store = store;
    copy = LocalCopy.of(store);
    behind = new Behind(world);
  }

  /** How many claims were checked. */
  long claims() {
    return claims;
  }

  /** What is cheap enough to be checked after every commit. */
  void afterCommit() {
    for (String room : world.records.keySet()) {
      store.read(
          reader -> {
            behind.check(reader, new RoomId(room));
            return room;
          });
      checkClaim(room);
    }
  }

  /** Everything, with pages of {@code pageSize} messages. */
  void afterStep(int pageSize) {
    List<Finding> findings = store.check();
    Broken.unless(findings.isEmpty(), "the store's own check finds %s", findings);
    for (String room : world.records.keySet()) {
      store.read(
          reader -> {
            behind.check(reader, new RoomId(room));
            checkGraves(reader, new RoomId(room));
            return room;
          });
      checkClaim(room);
      checkPages(room, pageSize);
      checkThreads(room);
    }
    copy.status().forEach(this::checkNews);
  }

  /** R9: up to the moment that a room is said to have all news of, no message is missing. */
  private void checkNews(ScopeStatus status) {
    ServerTime asOf = status.newsAsOf();
    if (asOf == null
        || !(status.scope() instanceof Scope.OfRoom room)
        || !world.records.containsKey(room.room().value())
        || !bearsClaims()
        || !(status.coverage() instanceof Coverage.Complete)) {
      return;
    }
    ServerRecord record = world.record(room.room().value());
    if (record.saysNothing()) {
      return;
    }
    claims++;
    long moment = world.momentOf(asOf);
    for (String id : record.ids()) {
      Version then = isUnclaimed(record, id, moment) ? null : record.shownAt(id, moment);
      boolean goneSince = world.isDying(id) || record.wentAwaySince(id, moment);
      Broken.unless(
          then == null || goneSince || copy.message(new MessageId(id)).message() != null,
          "R9: room %s has all news as of %s, but %s is missing",
          room.room(),
          asOf,
          id);
    }
  }

  /**
   * R7: a message is live against the server's word on its end only while that is in question, or
   * where the server has shown it since.
   */
  private void checkGraves(StoreReader reader, RoomId room) {
    reader.forEachMessage(
        Scope.room(room),
        message -> {
          Tombstone grave = reader.tombstone(message.id()).orElse(null);
          boolean dead =
              grave != null
                  && grave.reason() == Tombstone.Reason.DELETED
                  && reader.inQuestion(message.id()).isEmpty()
                  && !world.wasShownSince(message.id().value(), grave.at());
          Broken.unless(!dead, "R7: the dead stay dead, but %s is live over %s", message, grave);
        });
  }

  // --- claims ------------------------------------------------------------------------------------

  private void checkClaim(String room) {
    checkScope(room, Scope.room(new RoomId(room)), message -> true);
  }

  private void checkThreads(String room) {
    Set<MessageId> roots = new TreeSet<>();
    store.read(reader -> reader.threadStates(new RoomId(room))).stream()
        .map(ThreadState::root)
        .forEach(roots::add);
    for (MessageId root : roots) {
      checkScope(room, Scope.thread(root), message -> root.equals(message.thread()));
    }
  }

  private void checkScope(String room, Scope scope, Predicate<Message> within) {
    Map<String, Message> here = new HashMap<>();
    Coverage coverage =
        copy.forEachMessage(scope, message -> here.put(message.id().value(), message));
    check(room, scope, coverage, here, within);
  }

  private void checkPages(String room, int pageSize) {
    MessageKey before = null;
    do {
      MessagePage page = copy.messages(new RoomId(room), before, pageSize);
      checkPage(room, page, before);
      before = page.next();
    } while (before != null);
  }

  private void checkPage(String room, MessagePage page, @Nullable MessageKey before) {
    if (!page.coverage().isComplete()) {
      return;
    }
    List<Message> messages = page.messages();
    Map<String, Message> here = new HashMap<>();
    messages.forEach(message -> here.put(message.id().value(), message));
    MessageKey oldest =
        page.next() == null ? null : MessageKey.of(messages.get(messages.size() - 1));
    check(
        room,
        "the page from " + oldest + " to " + before,
        page.coverage(),
        here,
        message ->
            (oldest == null || MessageKey.of(message).compareTo(oldest) >= 0)
                && (before == null || MessageKey.of(message).compareTo(before) < 0));
  }

  private void check(
      String room,
      Object what,
      Coverage coverage,
      Map<String, Message> here,
      Predicate<Message> within) {
    if (!bearsClaims()) {
      return;
    }
    if (coverage instanceof Coverage.Complete complete) {
      check(room, what, coverage, here, complete.asOf(), ServerTime.EPOCH, within);
    } else if (coverage instanceof Coverage.Incomplete incomplete
        && incomplete.from() != null
        && incomplete.asOf() != null) {
      check(room, what, coverage, here, incomplete.asOf(), incomplete.from(), within);
    } else if (coverage instanceof Coverage.Stale stale && stale.since() != null) {
      check(room, what, coverage, here, stale.since(), ServerTime.EPOCH, within);
    }
  }

  private void check(
      String room,
      Object what,
      Coverage coverage,
      Map<String, Message> here,
      ServerTime asOf,
      ServerTime from,
      Predicate<Message> within) {
    claims++;
    ServerRecord record = world.record(room);
    long moment = world.momentOf(asOf);
    for (String id : record.ids()) {
      if (isUnclaimed(record, id, moment)) {
        continue;
      }
      Version then = record.shownAt(id, moment);
      Message stored = here.get(id);
      if (stored == null
          && then != null
          && within.test(then.message)
          && !then.message.updatedAt().isBefore(from)) {
        Broken.unless(
            world.isDying(id) || record.wentAwaySince(id, moment),
            "R9: %s says %s, but %s is missing",
            what,
            coverage,
            then.message);
      }
    }
    for (Message stored : here.values()) {
      checkStored(record, what, coverage, stored, moment, from);
    }
  }

  private void checkStored(
      ServerRecord record,
      Object what,
      Coverage coverage,
      Message stored,
      long moment,
      ServerTime from) {
    String id = stored.id().value();
    if (stored.updatedAt().isBefore(from) || isUnclaimed(record, id, moment)) {
      return;
    }
    Version then = record.shownAt(id, moment);
    boolean goneSince = then != null && (world.isDying(id) || record.wentAwaySince(id, moment));
    // R13: of two writes in one millisecond a thread's later reading does not replace the room's.
    boolean tied = then != null && then.message.updatedAt().equals(stored.updatedAt());
    Version version = record.of(stored);
    Broken.unless(version != null, "the server never showed %s", stored.json());
    Broken.unless(
        version == null
            || version.to >= moment
            || goneSince
            || (tied && what instanceof Scope.OfThread),
        "R9: %s says %s, but %s was gone or replaced before",
        what,
        coverage,
        stored);
  }

  private boolean isUnclaimed(ServerRecord record, String id, long moment) {
    return record.isUnclaimed(id, moment, world.surroundings.exemptionsEnd())
        || world.silent.isUnannounced(id)
        || store.read(reader -> reader.inQuestion(new MessageId(id))).isPresent();
  }

  /** Until the client is told that this is another workspace, it speaks of the one before. */
  private boolean bearsClaims() {
    return world.surroundings.dates().bearsClaims()
        && !world.isAnother(store.read(reader -> reader.owner().orElse(null)));
  }

  // --- the end -----------------------------------------------------------------------------------

  /** The rows of {@code room} equal the server's. */
  void equal(String room) {
    Map<String, String> stored = new HashMap<>();
    copy.forEachMessage(
        Scope.room(new RoomId(room)), message -> stored.put(message.id().value(), message.json()));
    Map<String, Message> shown = world.routes.shown(room);
    Map<String, String> odd = world.routes.odd(room);
    Set<String> ids = new TreeSet<>(stored.keySet());
    ids.addAll(shown.keySet());
    for (String id : ids) {
      String there = shown.containsKey(id) ? shown.get(id).json() : null;
      String here = stored.get(id);
      Broken.unless(
          odd.containsKey(id) || Objects.equals(here, there),
          "in the end room %s equals the server's, but of %s here is %s\nand there %s\n(%s)",
          room,
          id,
          here,
          there,
          copy.message(new MessageId(id)).tombstone());
    }
    Set<String> kept = new TreeSet<>();
    for (Quarantined held : copy.quarantine(new RoomId(room), 10_000)) {
      kept.add(held.entry().json());
      MessageId id = held.entry().id();
      Broken.unless(
          id == null
              || held.entry().isDeletion()
              || !world.hasSilence()
              || shown.containsKey(id.value())
              || odd.containsKey(id.value()),
          "R14: what is gone leaves quarantine once the room was read whole, but there is %s",
          held);
    }
    odd.forEach(
        (id, json) ->
            Broken.unless(
                kept.contains(json), "R14: nothing is dropped, but %s is not kept", json));
  }
}
