package dev.strandline.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What happens on the server while the device is offline: talk, edits, deletions, a rename,
 * replies. Every write has a stamp of its own, as people's writes have, but the rename: the server
 * gives all messages of a renamed user the same one.
 */
final class Night {
  private final FakeWorld world;
  private final FakeWorkspace workspace;
  private Instant now;

  /**
   * @param dusk when the first of it happens
   */
  Night(FakeWorld world, Instant dusk) {
    this.world = world;
    workspace = world.workspace();
    now = dusk;
  }

  private void write(Duration after, Runnable change) {
    now = now.plus(after);
    workspace.stamped(now, change);
  }

  /** Somebody says things. */
  void talk(String room, int count) {
    for (int i = 0; i < count; i++) {
      FakeUser author = world.others().get(i % world.others().size());
      String text =
          i % 7 == 0 ? "Tide is turning 🌊 at pier " + i : "Night shift, entry " + (i + 1);
      write(Duration.ofSeconds(40), () -> workspace.messages().post(room, author, text));
    }
  }

  /** Old messages get new texts. */
  void edit(String room, int count) {
    List<String> ids = plain(room);
    for (int i = 0; i < count; i++) {
      String id = ids.get((i + 1) * ids.size() / (count + 2));
      write(
          Duration.ofSeconds(20),
          () -> workspace.messages().edit(id, author(id), "Edited in the night, no. " + id));
    }
  }

  /**
   * A moderator clears old messages, the latest first: the opposite of the order in which the
   * DELETED feed is sorted.
   */
  void clear(String room, int count) {
    List<String> ids = plain(room);
    int newest = ids.size() / 2;
    for (int i = 0; i < count; i++) {
      String id = ids.get(newest - i);
      write(Duration.ofMillis(90), () -> workspace.removals().delete(id, world.me()));
    }
  }

  /** Somebody gets another user name: all their messages change in one millisecond. */
  int rename() {
    int[] changed = new int[1];
    FakeUser grace = world.others().get(0);
    write(
        Duration.ofMinutes(30), () -> changed[0] = workspace.users().rename(grace, "grace.hopper"));
    return changed[0];
  }

  /** An old thread comes to life. */
  void reply(String root, int count) {
    for (int i = 0; i < count; i++) {
      FakeUser author = world.others().get(i % world.others().size());
      String text = "Coming back to this, " + (i + 1);
      write(Duration.ofSeconds(50), () -> workspace.messages().reply(root, author, text));
    }
  }

  /** The oldest thread's root. */
  String oldThread(String room) {
    return visible(room).stream()
        .filter(message -> message.path("tcount").asInt() > 0)
        .map(message -> message.path("_id").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Messages that are neither roots nor replies, oldest first. */
  private List<String> plain(String room) {
    return visible(room).stream()
        .filter(message -> !message.has("tcount") && !message.has("tmid"))
        .map(message -> message.path("_id").asText())
        .toList();
  }

  private List<ObjectNode> visible(String room) {
    return workspace.visibleMessages(room, world.me());
  }

  private FakeUser author(String id) {
    String user = workspace.message(id).orElseThrow().path("u").path("_id").asText();
    return workspace.users().find(user).orElseThrow();
  }
}
