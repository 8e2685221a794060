package dev.strandline.testkit.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.model.ServerTime;
import dev.strandline.testkit.simulation.ServerRecord.Exemption;
import dev.strandline.testkit.simulation.ServerRecord.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out what only a {@link Draw} brings, and says what of it no client can know. */
final class OddDeeds {
  /** Whether a message that is there below its tombstone stays is open for as long. */
  private static final Duration UNDECIDED = Duration.ofMinutes(15);

  private final World world;
  private final Timeline time;
  private final Set<String> purged = new HashSet<>();

  OddDeeds(World world, Timeline time) {
    this.world = world;
    this.time = time;
  }

  void carryOut(Deed.Odd deed, long stamp) {
    if (deed instanceof Deed.Bridge bridge) {
      bridge(bridge, stamp);
    } else if (deed instanceof Deed.Step step) {
      world.writeWhatIsUnderWay();
      time.step(step.millis());
    } else if (deed instanceof Deed.Mumble mumble) {
      mumble(mumble, stamp);
    } else if (deed instanceof Deed.BeginAgain again) {
      world.workspace.rooms().beginAgain(again.room());
    } else if (deed instanceof Deed.Rejoin rejoin) {
      if (world.isMember(rejoin.room())) {
        world.workspace.rooms().leave(rejoin.room(), world.user(0));
        world.workspace.rooms().join(rejoin.room(), world.user(0));
      }
    } else if (deed instanceof Deed.Move move) {
      move(move);
    } else if (deed instanceof Deed.Purged rest) {
      if (world.isDying(rest.id())) {
        world.delete(rest.id());
      }
    } else if (deed instanceof Deed.SendAgain again) {
      if (world.routes.deletedAt(again.id()) != null && world.find(again.id()) == null) {
        world.workspace.removals().recreate(again.id());
      }
    }
  }

  private void bridge(Deed.Bridge bridge, long stamp) {
    if (world.find(bridge.id()) != null || world.routes.deletedAt(bridge.id()) != null) {
      return;
    }
    world
        .workspace
        .messages()
        .postWithId(bridge.id(), bridge.room(), world.user(bridge.user()), world.text());
    ObjectNode document = world.find(bridge.id());
    if (document != null) {
      document.put("ts", ServerTime.ofEpochMilli(stamp + bridge.ahead()).toString());
      world.workspace.raw().putMessage(document);
    }
  }

  /** A deletion that no client can read. Where the message is gone, nobody can know it is. */
  private void mumble(Deed.Mumble mumble, long stamp) {
    ObjectNode document = world.find(mumble.id());
    if (document == null || !World.isReadable(document) || world.isDying(mumble.id())) {
      return;
    }
    Instant at = Instant.ofEpochMilli(stamp);
    ObjectNode entry = new ObjectNode(JsonNodeFactory.instance);
    if (mumble.hasId()) {
      entry.put("_id", mumble.id()).put("_deletedAt", "soon " + world.text());
    } else {
      entry.put("_deletedAt", at.toString());
    }
    world.workspace.raw().putDeletion(document.path("rid").asText(), entry, at, at);
    if (mumble.real()) {
      world.workspace.removals().expire(mumble.id());
      world.silently(mumble.id());
    }
  }

  private void move(Deed.Move move) {
    ObjectNode document = world.find(move.id());
    boolean movable =
        document != null
            && World.isReadable(document)
            && !document.path("rid").asText().equals(move.room())
            && !document.has("tmid")
            && document.path("tcount").asInt(0) <= 0
            && !world.isDying(move.id());
    if (movable && document != null) {
      String from = document.path("rid").asText();
      world.workspace.messages().move(move.id(), move.room());
      // The room that it was in is told nothing; the one that it is in is.
      world.record(from).exempt(move.id(), time.trueNow());
      world.becomesSilent();
    }
  }

  /** A message has its tombstone and goes later. */
  void purging(String id) {
    purged.add(id);
    long end = time.trueNow() + undecided();
    world
        .records
        .values()
        .forEach(record -> record.exempt(id, new Exemption(time.trueNow(), end, false)));
  }

  /** How long after a tombstone its message may be there or not. */
  long undecided() {
    boolean open =
        world.surroundings.has(Draw.LONG_PRUNES) || world.surroundings.has(Draw.SENT_AGAIN);
    return open ? UNDECIDED.toMillis() + world.surroundings.lookback() : 0;
  }

  /**
   * Exempts, of what has changed in a room, that which no feed shows any more; and ends the
   * exemption of that which one shows again.
   *
   * @return whether something was exempted that only a whole reading finds
   */
  boolean exempt(ServerRecord record, Set<String> changed) {
    boolean silence = false;
    long now = time.trueNow();
    for (String id : changed) {
      Version shown = record.shown().get(id);
      ServerTime deletedAt = world.routes.deletedAt(id);
      ServerTime stamp = shown == null ? deletedAt : shown.message.updatedAt();
      if (stamp == null) {
        continue;
      }
      boolean early = stamp.epochMilli() <= time.told() - world.surroundings.lookback();
      if (shown != null && isUndecided(stamp, deletedAt)) {
        boolean ends = purged.contains(id) || world.surroundings.has(Draw.DECIDED_IN_TIME);
        record.exempt(id, new Exemption(now, ends ? now + undecided() : Long.MAX_VALUE, false));
        // What ends by itself the feeds tell, without a whole reading.
        silence |= !ends;
      } else if (early && !purged.contains(id)) {
        boolean honest = Math.abs(stamp.epochMilli() - time.now()) <= tolerated();
        record.exempt(id, new Exemption(now, Long.MAX_VALUE, honest));
        silence = true;
      } else if (shown != null) {
        record.endExemption(id, now);
      }
    }
    return silence;
  }

  private long tolerated() {
    return 2L * world.surroundings.clocks() + world.surroundings.late();
  }

  private boolean isUndecided(ServerTime stamp, @Nullable ServerTime deletedAt) {
    long open = Math.max(UNDECIDED.toMillis(), world.surroundings.lookback()) + tolerated();
    return deletedAt != null && stamp.epochMilli() <= deletedAt.epochMilli() + open;
  }
}
