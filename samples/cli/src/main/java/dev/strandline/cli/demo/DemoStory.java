package dev.strandline.cli.demo;

import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;

import dev.strandline.ChangeSet;
import dev.strandline.LocalCopy;
import dev.strandline.RoomOverview;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.cli.Surroundings;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.Table;
import dev.strandline.model.RoomId;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The demonstration, told from top to bottom. Everything that it says was measured in this run. */
final class DemoStory {
  /** Marks the demonstration's databases as its own; the same seed makes the same workspace. */
  private static final long SEED = 0x57a4d11eL;

  private static final String SERVER_ID = "fake-" + Long.toHexString(SEED);
  private static final Duration OFFLINE = Duration.ofHours(10);
  private static final int CALLS_A_MINUTE = 600;
  private static final int SERVERS_USUAL_CALLS = 10;

  private final Path file;
  private final Surroundings surroundings;
  private final PrintWriter out;

  DemoStory(Path file, Surroundings surroundings, PrintWriter out) {
    this.file = file;
    this.surroundings = surroundings;
    this.out = out;
  }

  int tell() throws IOException, InterruptedException {
    if (DemoFile.clear(file, SERVER_ID)) {
      say("Replacing the former demonstration's " + file + ".");
    }
    ServerClock clock = ServerClock.running();
    clock.advance(OFFLINE.negated());
    FakeWorld world = FakeWorld.create(clock, SEED);
    try (FakeServer server =
        FakeServer.start(
            world.workspace(),
            FakeServerOptions.builder()
                .rateLimit(new RateLimit(CALLS_A_MINUTE, Duration.ofMinutes(1)))
                .build())) {
      return tell(world, server);
    }
  }

  private int tell(FakeWorld world, FakeServer server) throws IOException, InterruptedException {
    title("A Rocket.Chat server, nearly");
    String general = world.addRoom(FakeRoomType.CHANNEL, "general", 8000, 60);
    String deploys = world.addRoom(FakeRoomType.GROUP, "deploys", 600, 6);
    String kitchen = world.addRoom(FakeRoomType.CHANNEL, "kitchen ☕", 150, 0);
    // The last to hear from us is the first to be read.
    List<String> rooms = List.of(kitchen, deploys, general);
    rooms.forEach(
        room -> world.workspace().messages().post(room, world.me(), "Good night, all. 🌙"));
    say("A fake server listens at " + server.url() + " in this process, with the real one's");
    say(
        "quirks. Its rate limiter is on, but allows "
            + CALLS_A_MINUTE
            + " calls a minute instead of");
    say("the usual " + SERVERS_USUAL_CALLS + ", so that nobody waits for the story.");

    title("First sync: everything, newest first");
    firstSync(world, server);
    CursorFollower follower =
        new CursorFollower(
            server.url(),
            world.me().id(),
            world.me().authToken(),
            general,
            Truth.of(server.url(), general, world.me().id()));

    title("Offline for " + Moments.duration(OFFLINE));
    String thread = night(world, general, deploys);

    title("Online again: catching up");
    catchUp(world, server);

    title("What a client loses that follows the server's own cursors");
    measure(follower, Truth.of(server.url(), general, world.me().id()));

    title("Is the copy right?");
    boolean equal = verify(world, server, rooms);
    farewell(general, thread);
    return equal ? 0 : 5;
  }

  private void firstSync(FakeWorld world, FakeServer server) {
    try (Strandline strandline = open(world, server)) {
      List<String> firsts = new ArrayList<>();
      long began = System.nanoTime();
      strandline.onChange(
          changes -> {
            if (firsts.isEmpty()) {
              firsts.add(
                  "After "
                      + server.requests().size()
                      + " requests, "
                      + since(began)
                      + " into it, the newest "
                      + Moments.number(changes.added().size())
                      + " messages of general could be read;");
            }
          });
      SyncReport report = strandline.syncEverything().orThrow();
      firsts.forEach(this::say);
      say(
          "after "
              + since(began)
              + " and "
              + report.requests()
              + " requests everything was there:");
      out.println();
      printRooms(strandline.local());
    }
  }

  private void printRooms(LocalCopy local) {
    Moments moments = surroundings.moments();
    Table table =
        Table.of(
            text("ROOM"),
            numbers("MESSAGES"),
            numbers("THREADS"),
            numbers("GRAVES"),
            text("WORTH"));
    for (RoomOverview room : local.rooms()) {
      table.row(
          String.valueOf(room.room().name()),
          Moments.number(room.counts().messages()),
          Moments.number(room.counts().threads()),
          Moments.number(room.counts().tombstones()),
          Coverages.words(room.coverage(), moments));
    }
    table.print(out, surroundings.cells());
  }

  private String night(FakeWorld world, String general, String deploys) {
    Instant dusk = world.workspace().clock().now();
    world.workspace().clock().advance(OFFLINE);
    Night night = new Night(world, dusk.plus(Duration.ofMinutes(20)));
    say("Everything stored can be read meanwhile. On the server, in the night,");
    night.talk(general, 240);
    say("  240 messages are written in general,");
    night.edit(general, 35);
    say("  35 old ones are edited,");
    night.clear(general, 400);
    say("  400 old ones are deleted, the latest first,");
    int renamed = night.rename();
    say(
        "  grace becomes grace.hopper: "
            + Moments.number(renamed)
            + " messages change in one millisecond,");
    String thread = night.oldThread(general);
    night.reply(thread, 12);
    say("  12 replies wake the oldest thread,");
    night.talk(deploys, 20);
    say("  and 20 messages are written in deploys.");
    return thread;
  }

  private void catchUp(FakeWorld world, FakeServer server) {
    try (Strandline strandline = open(world, server)) {
      long[] counts = new long[3];
      strandline.onChange(
          (ChangeSet changes) -> {
            counts[0] += changes.added().size();
            counts[1] += changes.changed().size();
            counts[2] += changes.removed().size();
          });
      long began = System.nanoTime();
      SyncReport report = strandline.syncEverything().orThrow();
      say("Caught up in " + since(began) + " with " + report.requests() + " requests:");
      say("  " + Moments.number(counts[0]) + " messages came,");
      say("  " + Moments.number(counts[1]) + " changed,");
      say("  " + Moments.number(counts[2]) + " went.");
      out.println();
      printRooms(strandline.local());
    }
  }

  private void measure(CursorFollower follower, Truth truth)
      throws IOException, InterruptedException {
    follower.catchUp();
    CursorFollower.Losses losses = follower.comparedWith(truth);
    say("It had the same copy of general before the night. It asked for what is newer than its");
    say(
        "latest stamp, 50 at a time, and followed each cursor to the end: "
            + follower.requests()
            + " requests.");
    say("It ended without an error, and with");
    say("  " + Moments.number(losses.ghosts()) + " deleted messages that it still shows,");
    say("  " + Moments.number(losses.outdated()) + " messages in an old version,");
    say("  " + Moments.number(losses.missing()) + " messages missing.");
  }

  private boolean verify(FakeWorld world, FakeServer server, List<String> rooms)
      throws IOException, InterruptedException {
    int messages = 0;
    int differences = 0;
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      LocalCopy local = LocalCopy.of(store);
      for (String room : rooms) {
        Truth truth = Truth.of(server.url(), room, world.me().id());
        messages += truth.documents().size();
        differences += truth.differencesFrom(local, new RoomId(room));
      }
    }
    say(
        differences == 0
            ? "All "
                + Moments.number(messages)
                + " messages of the server's are here, and nothing else, equal byte for byte."
            : "NO: " + Moments.number(differences) + " messages differ. Please report this.");
    return differences == 0;
  }

  private void farewell(String general, String thread) {
    String command = surroundings.environment().getOrDefault("STRANDLINE_COMMAND", "./strandline");
    title("Look for yourself");
    say("The database is " + file + ": an ordinary SQLite file. Try");
    say("  " + command + " status --db " + file);
    say("  " + command + " messages --db " + file + " --room " + general + " --limit 10");
    say("  " + command + " messages --db " + file + " --thread " + thread);
    say("or see it in a browser, on this machine only:");
    say("  " + command + " inspect --db " + file);
    out.flush();
  }

  private Strandline open(FakeWorld world, FakeServer server) {
    Credentials login = new Credentials(world.me().id(), world.me().authToken());
    return Strandline.builder()
        .store(SqliteStore.open(file))
        .transport(HttpTransport.builder(URI.create(server.url())).credentials(login).build())
        .build();
  }

  private void title(String title) {
    out.println();
    out.println("== " + title);
    out.flush();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static String since(long began) {
    return Moments.duration(Duration.ofNanos(System.nanoTime() - began));
  }
}
