package dev.strandline;

import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import java.util.function.Function;

/**
 * The views of a store that answers are of. The only way by which {@link LocalCopy} and {@link
 * LocalJournal} come to a store: whatever they offer is of the one moment where there is one.
 */
interface Views {

  /** Reads in one view: of a store the newest, of one moment always the same. */
  <T> T read(Function<? super StoreReader, T> work);

  /**
   * Does {@code work} with one moment only, the view of {@code reader}.
   *
   * @param work is given what is refused, with an {@link IllegalStateException}, once it has
   *     returned and on other threads
   */
  static <T> T within(StoreReader reader, Function<Views, T> work) {
    One one = new One(reader);
    try {
      return work.apply(one);
    } finally {
      one.isOver = true;
    }
  }

  /** One moment of a {@link Store}. */
  final class One implements Views {
    private final StoreReader reader;
    private final Thread thread = Thread.currentThread();
    private volatile boolean isOver;

    private One(StoreReader reader) {
      this.reader = reader;
    }

    @Override
    public <T> T read(Function<? super StoreReader, T> work) {
      if (isOver || Thread.currentThread() != thread) {
        throw new IllegalStateException(
            "A copy of one moment is valid only inside the function that it was passed to, and on"
                + " that function's thread. Let the function return what it has read.");
      }
      return work.apply(reader);
    }
  }
}
