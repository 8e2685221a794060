package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.MessagePage;
import dev.strandline.internal.engine.RandomWorld.Version;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Store;
import dev.strandline.spi.ThreadState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds every coverage that a store claims against the record of what was true (R9). */
final class ClaimCheck {
  private final RandomWorld world;
  private final Store rows;
  private final LocalCopy copy;
  private long claims;

  ClaimCheck(RandomWorld world, Store rows) {
    this.world = world;
    this.rows = rows;
    copy = LocalCopy.of(rows);
  }

  /** How many claims were checked. */
  long claims() {
    return claims;
  }

  /** Checks the room, its pages of {@code pageSize} messages, and its threads. */
  void run(int pageSize) {
    assertThat(rows.check()).isEmpty();
    if (!world.bearsClaims()) {
      return;
    }
    check(Scope.room(Workspace.ROOM), version -> true);
    checkPages(pageSize);
    for (MessageId root : roots()) {
      check(Scope.thread(root), version -> root.value().equals(version.root()));
    }
  }

  private Set<MessageId> roots() {
    Set<MessageId> roots = new TreeSet<>();
    rows.read(reader -> reader.threadStates(Workspace.ROOM)).stream()
        .map(ThreadState::root)
        .forEach(roots::add);
    world.anyRoot().map(MessageId::new).ifPresent(roots::add);
    return roots;
  }

  private void check(Scope scope, Predicate<Version> within) {
    Map<String, Message> here = new HashMap<>();
    Coverage coverage =
        copy.forEachMessage(scope, message -> here.put(message.id().value(), message));
    check(scope + " " + coverage, coverage, here, within);
  }

  private void checkPages(int pageSize) {
    MessageKey before = null;
    do {
      MessagePage page = copy.messages(Workspace.ROOM, before, pageSize);
      checkPage(page, before);
      before = page.next();
    } while (before != null);
  }

  private void checkPage(MessagePage page, @Nullable MessageKey before) {
    List<Message> messages = page.messages();
    if (!page.coverage().isComplete()) {
      return;
    }
    Map<String, Message> here = new HashMap<>();
    messages.forEach(message -> here.put(message.id().value(), message));
    MessageKey oldest =
        page.next() == null ? null : MessageKey.of(messages.get(messages.size() - 1));
    check(
        "page " + oldest + " to " + before + " " + page.coverage(),
        page.coverage(),
        here,
        version ->
            (oldest == null || version.key().compareTo(oldest) >= 0)
                && (before == null || version.key().compareTo(before) < 0));
  }

  private void check(
      String what, Coverage coverage, Map<String, Message> here, Predicate<Version> within) {
    if (coverage instanceof Coverage.Complete complete) {
      check(what, here, complete.asOf(), ServerTime.EPOCH, within);
    } else if (coverage instanceof Coverage.Incomplete incomplete
        && incomplete.from() != null
        && incomplete.asOf() != null) {
      check(what, here, incomplete.asOf(), incomplete.from(), within);
    } else if (coverage instanceof Coverage.Stale stale && stale.since() != null) {
      check(what, here, stale.since(), ServerTime.EPOCH, within);
    }
  }

  private void check(
      String what,
      Map<String, Message> here,
      ServerTime asOf,
      ServerTime from,
      Predicate<Version> within) {
    claims++;
    Map<String, Version> shown = world.shownAt(asOf).orElse(Map.of());
    shown.forEach(
        (id, version) -> {
          if (within.test(version)
              && !version.stamp().isBefore(from)
              && !isInQuestion(version.key().id())) {
            checkPresent(what, here.get(id), version, asOf);
          }
        });
    here.values().stream()
        .filter(message -> !message.updatedAt().isBefore(from) && !isInQuestion(message.id()))
        .forEach(message -> checkNoGhost(what, message, asOf));
  }

  /** A coverage is complete but for these. */
  private boolean isInQuestion(MessageId id) {
    return rows.read(reader -> reader.inQuestion(id)).isPresent();
  }

  private void checkPresent(
      String what, @Nullable Message message, Version version, ServerTime asOf) {
    String id = version.key().id().value();
    ServerTime gone = world.goneAt(id);
    if (message == null) {
      assertThat(gone)
          .as("%s: %s is missing, gone at", what, version)
          .isNotNull()
          .isGreaterThan(asOf);
    } else {
      assertThat(message.updatedAt())
          .as("%s: the version of %s", what, id)
          .isGreaterThanOrEqualTo(version.stamp());
    }
  }

  private void checkNoGhost(String what, Message message, ServerTime asOf) {
    ServerTime gone = world.goneAt(message.id().value());
    if (gone != null) {
      assertThat(gone).as("%s: the end of %s", what, message.id()).isGreaterThan(asOf);
    }
  }
}
