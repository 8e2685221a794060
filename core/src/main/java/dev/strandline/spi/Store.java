package dev.strandline.spi;

import dev.strandline.error.StoreException;
import java.util.List;
import java.util.function.Function;

/**
 * Where rooms, messages and positions are kept.
 *
 * <p>One writer at a time, readers at any time: a reader sees the last commit before it began and
 * never waits for a writer, from whatever thread or process. Every method is safe for several
 * threads and throws {@link StoreException}s only.
 */
public interface Store extends AutoCloseable {

  /**
   * Reads in one consistent view.
   *
   * @param work called once; what it returns must not hold on to the reader
   */
  <T> T read(Function<? super StoreReader, T> work);

  /**
   * Writes in one transaction; see {@link StoreWriter} for when it commits. Waits for the
   * transactions of other threads.
   *
   * @param work called once; what it throws is rethrown after the transaction was rolled back
   */
  <T> T write(Function<? super StoreWriter, T> work);

  /**
   * Checks the medium and every invariant that the stored rows can show by themselves. Reads only;
   * cost grows with the store. The invariants, each with the name that its findings carry:
   *
   * <ul>
   *   <li>{@code live-and-buried}: no live message has a tombstone of a reading that concluded that
   *       it is gone; one that the server has told stays where the message was shown after it
   *   <li>{@code settled-beyond-seen}: no feed is settled later than it has seen
   *   <li>{@code claim-beyond-history}: no room claims more of its history than has been read
   *   <li>{@code notes-left}: notes of a whole reading exist only while one is under way
   *   <li>{@code medium}: the medium's own checks, such as SQLite's integrity and foreign keys
   *   <li>{@code json}: every live message's columns agree with its document
   * </ul>
   *
   * @return what is wrong; empty for a sound store
   */
  default List<Finding> check() {
    return read(StoreReader::check);
  }

  /**
   * Told by the engine when a run has ended: nothing will be written until the next. A store may
   * let go of what only writing needs, such as a lock that keeps other processes out; by default it
   * does nothing. Never throws.
   */
  default void rest() {}

  /**
   * Closes the store. Waits for a transaction under way; later calls fail. Closing twice is fine.
   */
  @Override
  void close();
}
