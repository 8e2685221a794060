package dev.strandline.internal.engine;

import dev.strandline.internal.call.TestClock;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A workspace with one room in which things happen by chance, and the record of everything that was
 * ever true of it. What happens has a millisecond of its own, so that "at a moment" means one
 * state.
 */
final class RandomWorld {

  /** A message as the server showed it. */
  record Version(MessageKey key, ServerTime stamp, @Nullable String root) {}

  private static final RoomId OTHER = new RoomId("other");

  final Workspace workspace = new Workspace();
  final ScriptedServer server = new ScriptedServer(workspace);
  final Random random;

  /** Whether deletions leave no trace (R11). */
  final boolean hides;

  private final RandomDate date;
  private final NavigableMap<Long, Map<String, Version>> record = new TreeMap<>();
  private final Map<String, ServerTime> goneAt = new HashMap<>();
  private final TestClock clock;
  private final @Nullable StringBuilder trace;
  private int lastId;

  private boolean member = true;
  private int membership;
  private ServerTime joinedAt;
  private @Nullable Removal left;

  /**
   * @param clock the device's, which goes on with the server's
   * @param trace where to write what happens; null for nowhere
   */
  RandomWorld(Random random, TestClock clock, @Nullable StringBuilder trace) {
    this.random = random;
    this.clock = clock;
    this.trace = trace;
    joinedAt = workspace.time();
    hides = random.nextInt(5) == 0;
    date = new RandomDate(random);
    date.beginDay(server);
    server.keepsHistory = hides;
    server.cursors = random.nextInt(8) != 0;
    server.listed.showsHidden = random.nextBoolean();
    server.listed.exists = random.nextInt(6) != 0;
    server.subscriptions = this::subscriptions;
    server.meanwhile = this::goOnMeanwhile;
    takeDown();
  }

  // --- what was true -------------------------------------------------------------------------

  /** What the server showed at {@code moment}; empty where that is before the record begins. */
  Optional<Map<String, Version>> shownAt(ServerTime moment) {
    return Optional.ofNullable(record.floorEntry(moment.epochMilli())).map(Map.Entry::getValue);
  }

  /** When a message was deleted or hidden; null while it was not. */
  @Nullable ServerTime goneAt(String id) {
    return goneAt.get(id);
  }

  /** Whether dates are right enough for what rests on them to be claimed at all. */
  boolean bearsClaims() {
    return date.bearsClaims();
  }

  private void takeDown() {
    Map<String, Version> shown = new HashMap<>();
    for (Workspace.Post post : workspace.posts.values()) {
      if (!post.hidden) {
        MessageKey key =
            new MessageKey(ServerTime.ofEpochMilli(post.sentAt), new MessageId(post.id));
        shown.put(post.id, new Version(key, ServerTime.ofEpochMilli(post.stamp), post.root));
      }
    }
    record.put(workspace.now(), shown);
    if (trace != null) {
      trace.append("    %s %s%n".formatted(workspace.time(), shown.keySet()));
    }
  }

  // --- what happens --------------------------------------------------------------------------

  /** Lets time pass for the server and the device alike. */
  void pass(Duration duration) {
    workspace.pass(duration);
    clock.advance(duration);
  }

  void beginDay() {
    date.beginDay(server);
    server.breakNothing();
  }

  /** Some happen while an answer is on its way, and sometimes the next one breaks off. */
  private void goOnMeanwhile() {
    happen(2);
    pass(Duration.ofMillis(random.nextInt(3_000)));
    if (random.nextInt(12) == 0) {
      server.breakAfter(random.nextInt(4), () -> {});
    }
  }

  /** Nothing happens any more, nothing breaks, and the caller is a member. */
  void calmDown() {
    server.meanwhile = () -> {};
    server.breakNothing();
    if (!member) {
      join();
    }
    pass(Duration.ofMinutes(10));
  }

  /** Does up to {@code most} things that people and administrators do. */
  void happen(int most) {
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      pass(Duration.ofMillis(1 + random.nextInt(20)));
      switch (random.nextInt(9)) {
        case 0, 1 -> workspace.post("m" + ++lastId);
        case 2, 3 -> reply();
        case 4 -> anyMessage().ifPresent(workspace::edit);
        case 5, 6 -> anyMessage().ifPresent(this::remove);
        case 7 -> visible(post -> random.nextInt(3) == 0).forEach(workspace::edit); // a rename
        default -> changeMembership();
      }
      takeDown();
    }
  }

  private void reply() {
    anyRoot()
        .ifPresentOrElse(
            root -> workspace.reply("r" + ++lastId, root), () -> workspace.post("m" + ++lastId));
  }

  private void remove(String id) {
    goneAt.put(id, workspace.time());
    if (hides) {
      workspace.hide(id);
    } else {
      workspace.delete(id);
    }
  }

  Optional<String> anyRoot() {
    return any(visible(post -> post.root == null));
  }

  private Optional<String> anyMessage() {
    return any(visible(post -> true));
  }

  private List<String> visible(Predicate<Workspace.Post> filter) {
    List<String> ids = new ArrayList<>();
    for (Workspace.Post post : workspace.posts.values()) {
      if (!post.hidden && filter.test(post)) {
        ids.add(post.id);
      }
    }
    return ids;
  }

  private Optional<String> any(List<String> ids) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
  }

  // --- the caller's membership ---------------------------------------------------------------

  private void changeMembership() {
    if (random.nextInt(6) != 0) {
      return;
    }
    if (member) {
      member = false;
      left = new Removal(subscriptionId(), workspace.time());
      server.refused.add(Workspace.ROOM);
    } else {
      join();
    }
  }

  /** Who joins again has another subscription. */
  private void join() {
    member = true;
    membership++;
    joinedAt = workspace.time();
    server.refused.clear();
  }

  private String subscriptionId() {
    return "sub-" + membership;
  }

  private DirectoryAnswer subscriptions(@Nullable ServerTime since) {
    List<DirectoryEntry> entries = new ArrayList<>();
    entries.add(
        ScriptedServer.subscription(OTHER, "sub-other", since == null ? 1 : workspace.now()));
    if (member && (since == null || joinedAt.isAfter(since))) {
      entries.add(
          ScriptedServer.subscription(Workspace.ROOM, subscriptionId(), joinedAt.epochMilli()));
    }
    List<Removal> removed = new ArrayList<>();
    if (left != null && since != null && left.at() != null && left.at().isAfter(since)) {
      removed.add(left);
    }
    return new DirectoryAnswer(server.date(), entries, removed, List.of());
  }
}
