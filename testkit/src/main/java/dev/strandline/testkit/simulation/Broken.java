package dev.strandline.testkit.simulation;

import org.jspecify.annotations.Nullable;

/** A promise that does not hold; becomes a {@link SimulationFailure}. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;

  private Broken(String promise) {
    super(promise);
  }

  /** Throws where a promise is broken; each {@code %s} of the text is filled in only then. */
  static void unless(boolean holds, String promise, @Nullable Object... details) {
    if (!holds) {
      throw new Broken(Trace.filled(promise, details));
    }
  }
}
