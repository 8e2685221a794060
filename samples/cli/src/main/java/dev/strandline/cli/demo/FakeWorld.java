package dev.strandline.cli.demo;

import dev.strandline.testkit.server.Conversation;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A workspace with a few people and some rooms full of talk, of which one person is the caller.
 *
 * @param workspace the workspace
 * @param me the caller; the workspace's first user
 * @param others everybody else
 */
record FakeWorld(FakeWorkspace workspace, FakeUser me, List<FakeUser> others) {
  private static final List<String> NAMES = List.of("general", "deploys", "harbour", "kitchen");
  private static final Duration SPACING = Duration.ofMinutes(3);

  /** The random spacing of messages may carry the last of them past the planned end. */
  private static final Duration MARGIN = Duration.ofHours(20);

  /** An empty workspace whose people have joined, on a clock that runs. */
  static FakeWorld create(ServerClock clock, long seed) {
    FakeWorkspace workspace = FakeWorkspace.create(clock, seed);
    FakeUser me = workspace.users().create("ada", "Ada Lovelace");
    List<FakeUser> others = new ArrayList<>();
    others.add(workspace.users().create("grace", "Grace Hopper"));
    others.add(workspace.users().create("joan", "Joan Clarke"));
    return new FakeWorld(workspace, me, others);
  }

  /** Adds a room that everybody is in, with as many messages and threads as given, up to now. */
  String addRoom(int number, int messages, int threads) {
    String name = number < NAMES.size() ? NAMES.get(number) : "room-" + (number + 1);
    return addRoom(FakeRoomType.CHANNEL, name, messages, threads);
  }

  String addRoom(FakeRoomType type, String name, int messages, int threads) {
    FakeUser[] members = new FakeUser[others.size() + 1];
    members[0] = me;
    for (int i = 0; i < others.size(); i++) {
      members[i + 1] = others.get(i);
    }
    String rid = workspace.rooms().create(type, name, members);
    if (messages > 0) {
      Instant start = workspace.clock().now().minus(MARGIN).minus(SPACING.multipliedBy(messages));
      workspace
          .conversation()
          .fill(rid, new Conversation.Plan(messages, threads, threads > 0, start, SPACING, 120));
    }
    return rid;
  }
}
