package dev.strandline.testkit.simulation;

import java.util.List;
import java.util.Set;

/**
 * A history as data: what is done on the server, what the client is asked to do, what goes wrong.
 * Any part of the events is a script too.
 *
 * @param seed what it was drawn from; also seeds ids, the order of ties and the client's jitter
 * @param surroundings what stays the same
 * @param events what happens, in order
 */
public record Script(long seed, Surroundings surroundings, List<Event> events) {
  /** Copies the events. */
  public Script {
    events = List.copyOf(events);
  }

  /** Draws a script. The same seed draws the same script. */
  public static Script draw(long seed) {
    return draw(seed, Draw.switchedOn());
  }

  /** Draws a script of which some things besides may be part. */
  public static Script draw(long seed, Set<Draw> draws) {
    return new Weaving(new Drawing(seed).script(), draws).script();
  }

  Script with(List<Event> others) {
    return new Script(seed, surroundings, others);
  }
}
