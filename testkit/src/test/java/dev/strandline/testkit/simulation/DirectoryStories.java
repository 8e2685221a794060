package dev.strandline.testkit.simulation;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryState;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.ManualClock;
import dev.strandline.testkit.server.DirectRoutes;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.server.TieOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Short stories of the directory that the simulation's histories do not tell. Each says whether the
 * engine that it is told to keeps what is promised.
 */
public final class DirectoryStories implements AutoCloseable {
  private static final String ROOM = "adaben";
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  private final ServerClock time = ServerClock.manual(START);
  private final FakeWorkspace workspace = FakeWorkspace.create(time, 1);
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final FakeUser ben = workspace.users().create("ben", "Ben");
  private final DirectTransport transport =
      new DirectTransport(
          new DirectRoutes(workspace, ada, ServerForm.V8_7, TieOrder.INSERTION), time);
  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = ManualClock.at(START);
  private final Strandline strandline =
      Strandline.builder()
          .store(store)
          .transport(transport)
          .clock(clock)
          .options(SyncOptions.builder().lanes(1).build())
          .build();

  private DirectoryStories() {
    workspace.rooms().create(FakeRoomType.CHANNEL, "general", ada);
    workspace.rooms().createWithId(ROOM, FakeRoomType.DIRECT, "ben", ada, ben);
    workspace.messages().postWithId("old", ROOM, ben, "hello");
  }

  private void pass(Duration duration) {
    time.advance(duration);
    clock.advance(duration);
  }

  private SyncReport sync() {
    pass(Duration.ofMinutes(10));
    return strandline.syncEverything();
  }

  @Override
  public void close() {
    strandline.close();
  }

  private Set<String> stored() {
    Set<String> ids = new TreeSet<>();
    store.read(
        reader -> {
          reader.forEachMessage(
              Scope.room(new RoomId(ROOM)), message -> ids.add(message.id().value()));
          return ids;
        });
    return ids;
  }

  /** The other one deletes the conversation, without a trace, and begins it again. */
  private void beginAgain() {
    pass(Duration.ofMinutes(10));
    workspace.removals().expire("old");
    workspace.rooms().delete(ROOM);
    pass(Duration.ofMinutes(10));
    workspace.rooms().createWithId(ROOM, FakeRoomType.DIRECT, "ben", ada, ben);
    workspace.messages().postWithId("new", ROOM, ben, "hello again");
  }

  /** R12, where the directory is read whole. */
  public static boolean begunAgainAndReadWhole() {
    try (DirectoryStories story = new DirectoryStories()) {
      story.sync();
      story.beginAgain();
      story.store.write(
          writer -> {
            writer.putDirectory(DirectoryState.UNREAD);
            return writer;
          });
      story.sync();
      return story.stored().equals(Set.of("new"));
    }
  }

  /** R12, where only what changed is told. */
  public static boolean begunAgainAndToldAsAChange() {
    try (DirectoryStories story = new DirectoryStories()) {
      story.sync();
      story.beginAgain();
      story.sync();
      return story.stored().equals(Set.of("new"));
    }
  }

  /** R14, for as long as the server lists it, and not any longer. */
  public static boolean oddSubscription() {
    try (DirectoryStories story = new DirectoryStories()) {
      story.sync();
      story.transport.odd.add(new Unreadable(null, "{\"rid\":7}", "its rid is not text"));
      SyncReport odd = story.sync();
      boolean isTold = odd.unreadable() == 1 && odd.outcome() == Outcome.PARTIAL;
      story.transport.odd.clear();
      SyncReport mended = story.sync();
      return isTold && mended.unreadable() == 0 && mended.outcome() == Outcome.COMPLETE;
    }
  }
}
