package dev.strandline.internal.commit;

import dev.strandline.model.Message;

/**
 * How much memory messages on their way into the store may take. What lanes hold, what waits for
 * the scribe, and what he is writing get one share each, so that a run fits into a small heap
 * however many rooms it works on.
 */
public final class Memory {
  private static final long LARGEST_SHARE = 32L << 20;
  private static final int SHARES_OF_THE_HEAP = 16;

  /** What a message takes besides its JSON: its fields repeat parts of that. */
  private static final int OVERHEAD = 400;

  private Memory() {}

  /** One share, in bytes: a sixteenth of the largest heap, at most 32 MiB. */
  public static long ofOneShare() {
    return Math.min(LARGEST_SHARE, Runtime.getRuntime().maxMemory() / SHARES_OF_THE_HEAP);
  }

  /** About how many bytes a message takes. */
  static long of(Message message) {
    return OVERHEAD + 2L * message.json().length();
  }
}
