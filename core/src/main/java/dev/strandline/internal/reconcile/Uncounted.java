package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;

/** Counting cannot tell what a room is worth. */
public final class Uncounted extends Exception {
  private static final long serialVersionUID = 1L;
  private final WhyWhole why;

  public Uncounted(WhyWhole why) {
    super(why.text(), null, false, false);
    this.why = why;
  }

  public WhyWhole why() {
    return why;
  }
}
