package dev.strandline.testkit.simulation;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.testkit.server.DirectRoutes;
import java.util.HashMap;
import java.util.Map;

/**
 * The client that the server's API seems to ask for: it follows each feed's own cursor to its end,
 * remembers the last stamp, puts what is updated and removes what is deleted. Nothing ever goes
 * wrong for it: no request fails and it never dies. To be measured against, not to be used.
 */
public final class NaiveClient {
  private final Script script;
  private final World world;
  private final Map<String, Map<String, Message>> rooms = new HashMap<>();
  private final Map<String, Map<Feed, ServerTime>> cursors = new HashMap<>();

  private NaiveClient(Script script) {
    this.script = script;
    world = new World(script.surroundings(), script.seed());
  }

  /**
   * Plays a script's server history, without its faults, and synchronises where the script runs the
   * engine, and in the end.
   *
   * @return whether what the client then has differs from what the server shows, in ids or contents
   */
  public static boolean diverges(Script script) {
    return new NaiveClient(script).play();
  }

  private boolean play() {
    Event.Run run = null;
    for (Event event : script.events()) {
      if (event instanceof Event.Act act) {
        world.act(act.pause(), act.clock(), act.late(), act.deed());
      } else if (event instanceof Event.Meanwhile meanwhile) {
        world.act(meanwhile.pause(), meanwhile.clock(), meanwhile.late(), meanwhile.deed());
      } else if (event instanceof Event.Leap leap) {
        world.leap(leap.millis());
      } else if (event instanceof Event.Run next) {
        run = next;
        synchronise(run.page());
      }
    }
    world.calmDown();
    synchronise(run == null ? 20 : run.page());
    return world.records.keySet().stream().anyMatch(this::differs);
  }

  private boolean differs(String room) {
    return !contents(rooms.getOrDefault(room, Map.of())).equals(contents(world.routes.shown(room)));
  }

  private static Map<String, String> contents(Map<String, Message> messages) {
    Map<String, String> contents = new HashMap<>();
    messages.forEach((id, message) -> contents.put(id, message.json()));
    return contents;
  }

  private void synchronise(int page) {
    for (String room : world.records.keySet()) {
      try {
        follow(room, Feed.UPDATED, page);
        follow(room, Feed.DELETED, page);
      } catch (RoomUnavailableException | CursorUnsupportedException e) {
        // It tries again the next time.
      }
    }
  }

  private void follow(String room, Feed feed, int page) {
    Map<Feed, ServerTime> known = cursors.computeIfAbsent(room, id -> new HashMap<>());
    Taking taking = new Taking(rooms.computeIfAbsent(room, id -> new HashMap<>()));
    ServerTime cursor = known.getOrDefault(feed, ServerTime.EPOCH);
    while (true) {
      taking.last = cursor;
      DirectRoutes.Rows rows = world.routes.rows(new Forward(new RoomId(room), feed, cursor, page));
      rows.updated().forEach(row -> row.give(taking));
      rows.deleted().forEach(row -> row.give(taking));
      ServerTime next = rows.continuation();
      cursor = next == null ? taking.last : next;
      known.put(feed, cursor);
      if (next == null) {
        return;
      }
    }
  }

  private static final class Taking implements ChangeSink {
    private final Map<String, Message> messages;
    private ServerTime last = ServerTime.EPOCH;

    Taking(Map<String, Message> messages) {
      this.messages = messages;
    }

    @Override
    public void upsert(Message message) {
      messages.put(message.id().value(), message);
      last = message.updatedAt();
    }

    @Override
    public void tombstone(Tombstone tombstone) {
      messages.remove(tombstone.id().value());
      last = tombstone.at();
    }

    @Override
    public void unreadable(Unreadable entry) {
      // It has no place for these.
    }
  }
}
