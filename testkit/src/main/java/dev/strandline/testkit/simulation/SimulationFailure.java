package dev.strandline.testkit.simulation;

import org.jspecify.annotations.Nullable;

/** A history in which a promise was broken: which, where, and how to see it again. */
public final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Script script;
  private final int event;
  private final String broken;

  SimulationFailure(Script script, int event, String broken, @Nullable Throwable cause) {
    super(
        "seed %d, event %d of %d: %s"
            .formatted(script.seed(), event, script.events().size(), broken),
        cause);
    this.script = script;
    this.event = event;
    this.broken = broken;
  }

  /** What does not hold. */
  public String broken() {
    return broken;
  }

  /** The script that was played. */
  public Script script() {
    return script;
  }

  /** How many of its events had begun; all of them where the quiet end failed. */
  public int event() {
    return event;
  }
}
