package dev.strandline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.testkit.server.Conversation;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.PruneRange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A fake server whose rooms never stay as they are, and the line to it. */
final class RestlessTown implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Random random;
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final FakeUser ben = workspace.users().create("ben", "Ben");
  private final List<String> rooms =
      List.of(
          workspace.rooms().create(FakeRoomType.CHANNEL, "square", ada, ben),
          workspace.rooms().create(FakeRoomType.GROUP, "tavern", ben, ada));
  private final FakeServer server = FakeServer.start(workspace);
  final Wire wire = new Wire(server.port());
  final Cli account = Cli.of(ada);
  private int renames;

  RestlessTown(Random random, int messages) {
    this.random = random;
    Instant now = workspace.clock().now();
    for (String room : rooms) {
      workspace.conversation().fill(room, Conversation.Plan.endingAt(now, messages));
    }
  }

  int rooms() {
    return rooms.size();
  }

  /** One of them. */
  String room() {
    return rooms.get(random.nextInt(rooms.size()));
  }

  /** Lets time pass, at most two days, and things happen. */
  void liveOn() {
    workspace.clock().advance(Duration.ofMinutes(random.nextInt(2 * 24 * 60)));
    for (String room : rooms) {
      switch (random.nextInt(8)) {
        case 0 -> prune(room);
        case 1 -> workspace.users().rename(ben, "ben" + ++renames);
        case 2 -> workspace.conversation().fill(room, 100);
        default -> talk(room);
      }
    }
  }

  /** The server forgets the deletions so far. */
  void beAwayForAMonth() {
    talk(rooms.get(0));
    workspace.clock().advance(Duration.ofDays(31));
    talk(rooms.get(1));
  }

  /** Lets as much time pass as a deletion takes at the most (R7). */
  void letDeletionsEnd() {
    workspace.clock().advance(Duration.ofMinutes(20));
  }

  /** Whether a room in {@code db} has messages of which it is unknown whether they are deleted. */
  boolean isInQuestion(Path db) {
    return rooms.stream()
        .map(room -> account.run("messages", "--db", db, "--room", room, "--all", "--json"))
        .anyMatch(stored -> stored.err().contains("in question"));
  }

  private void prune(String room) {
    List<ObjectNode> all = workspace.visibleMessages(room, ada);
    if (all.size() > 100) {
      String sent = all.get(random.nextInt(all.size() / 3)).path("ts").asText();
      workspace.removals().prune(room, PruneRange.before(Instant.parse(sent)));
    }
  }

  private void talk(String room) {
    List<ObjectNode> all = workspace.visibleMessages(room, ada);
    for (int i = random.nextInt(60); i > 0; i--) {
      workspace.messages().post(room, ben, "said " + random.nextInt(1000));
    }
    for (int i = random.nextInt(60); i > 0 && !all.isEmpty(); i--) {
      ObjectNode one = all.get(random.nextInt(all.size()));
      String id = one.path("_id").asText();
      if (workspace.message(id).isEmpty()) {
        continue;
      }
      switch (random.nextInt(4)) {
        case 0 -> workspace.messages().reply(id, ada, "an answer");
        case 1 -> workspace.messages().react(id, ben, ":wave:");
        case 2 -> workspace.removals().delete(id, ben);
        default -> workspace.messages().edit(id, ben, "changed " + random.nextInt(1000));
      }
    }
  }

  /** Whether the rooms in {@code db} are the server's, byte for byte; says what differs. */
  void requireEqual(Path db, String when) throws Exception {
    for (String room : rooms) {
      Cli.Result stored = account.run("messages", "--db", db, "--room", room, "--all", "--json");
      URI uri = URI.create(server.url() + "/_fake/rooms/" + room + "/messages?user=" + ada.id());
      String there =
          CLIENT
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      if (!stored.out().equals(there)) {
        throw new AssertionError(
            when
                + ": room "
                + room
                + " has "
                + stored.out().lines().count()
                + " rows, the server "
                + there.lines().count()
                + stored.err());
      }
    }
  }

  @Override
  public void close() {
    wire.close();
    server.close();
  }
}
