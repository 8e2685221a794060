package dev.strandline.internal.engine;

import dev.strandline.WhyWhole;

/** Counting cannot tell what a room is worth. */
final class Uncounted extends Exception {
  private static final long serialVersionUID = 1L;
  private final WhyWhole why;

  Uncounted(WhyWhole why) {
    super(why.text(), null, false, false);
    this.why = why;
  }

  WhyWhole why() {
    return why;
  }
}
