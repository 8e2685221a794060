package dev.strandline.internal.engine;

import dev.strandline.RoomMatch;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.internal.call.Calls;
import dev.strandline.model.Message;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.Transport;
import java.util.List;

/**
 * Finds out whether a text that the directory does not list is the id of a room that the account
 * may read without being a member: one request, for what is new in it now.
 */
final class RoomProbe {
  private final Transport transport;
  private final Calls calls;
  private final DeviceClock clock;

  RoomProbe(Transport transport, Calls calls, DeviceClock clock) {
    this.transport = transport;
    this.calls = calls;
    this.clock = clock;
  }

  /** The match, or the room whose id it is where no other was found. */
  RoomMatch resolved(RoomMatch match) {
    String given = match.given();
    boolean canBeId =
        given.chars().noneMatch(Character::isWhitespace)
            && !given.startsWith("#")
            && !given.startsWith("@");
    if (!match.isUnknown() || !canBeId) {
      return match;
    }
    RoomId id = new RoomId(given);
    try {
      calls.ask(call -> transport.fetch(new FeedQuery.Since(id, now()), new Ignoring(), call));
    } catch (RoomUnavailableException e) {
      return match;
    }
    return new RoomMatch(given, List.of(Room.builder(id).build()), List.of());
  }

  /** Only so that the answer is short: nothing is stored of it. */
  private ServerTime now() {
    ServerTime heard = calls.serverNow();
    return heard != null ? heard : ServerTime.ofEpochMilli(clock.now().toEpochMilli());
  }

  private static final class Ignoring implements ChangeSink {
    @Override
    public void upsert(Message message) {}

    @Override
    public void tombstone(Tombstone tombstone) {}

    @Override
    public void unreadable(Unreadable entry) {}
  }
}
