package dev.strandline.transport.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream that remembers the bytes from a given offset on, so that a message can be taken out of a
 * body exactly as it was sent although the body as a whole is never in memory.
 *
 * <p>Whoever reads must have used up what it read before it reads more, as a parser with a buffer
 * does: only then is everything that is forgotten behind it.
 */
final class ByteWindow extends InputStream {
  private static final int READ_AHEAD = 64 * 1024;

  private final InputStream source;
  private final int limit;
  private byte[] kept = new byte[READ_AHEAD];
  private int length;
  private long base;
  private long keepFrom;

  /**
   * @param limit how many bytes to remember at most; of more, the beginning is lost
   */
  ByteWindow(InputStream source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Forgets what is before {@code offset}, counted from the start of the stream. */
  void keepFrom(long offset) {
    keepFrom = offset;
  }

  /** How many bytes have been read so far. */
  long count() {
    return base + length;
  }

  /** The bytes from one offset to another; null where they were too many to remember. */
  byte @Nullable [] between(long from, long to) {
    if (from < base || to - from > limit) {
      return null;
    }
    return Arrays.copyOfRange(kept, (int) (from - base), (int) (to - base));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    int got = source.read(target, offset, Math.min(count, READ_AHEAD));
    if (got > 0) {
      if (length + got > kept.length) {
        makeRoom(got);
      }
      System.arraycopy(target, offset, kept, length, got);
      length += got;
    }
    return got;
  }

  private void makeRoom(int wanted) {
    int unwanted = (int) Math.max(0, Math.min(length, keepFrom - base));
    if ((long) length - unwanted + wanted > (long) limit + READ_AHEAD) {
      unwanted = length;
    }
    System.arraycopy(kept, unwanted, kept, 0, length - unwanted);
    base += unwanted;
    length -= unwanted;
    if (length + wanted > kept.length) {
      kept = Arrays.copyOf(kept, (int) Math.min(2L * kept.length + wanted, Integer.MAX_VALUE - 8));
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
