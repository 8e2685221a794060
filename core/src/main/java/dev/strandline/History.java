package dev.strandline;

/**
 * How much of a room's history to read, newest first (R8). What is read is never dropped again, and
 * a later run may ask for more.
 *
 * @param messages how many of the newest messages at least; 0 for none, {@link Long#MAX_VALUE} for
 *     all
 */
public record History(long messages) {

  public History {
    if (messages < 0) {
      throw new IllegalArgumentException(
          "history must be 0 or more messages, not " + messages + "; use none() for none");
    }
  }

  /** All of it: the default. */
  public static History all() {
    return new History(Long.MAX_VALUE);
  }

  /** None: only what changes from now on. */
  public static History none() {
    return new History(0);
  }

  /** At least the newest {@code messages}. */
  public static History latest(long messages) {
    return new History(messages);
  }
}
