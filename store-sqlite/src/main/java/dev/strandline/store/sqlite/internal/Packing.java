package dev.strandline.store.sqlite.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses documents against what is known of them already. zlib's own sums notice, when a
 * document is read back, that it or anything that it was compressed against has changed.
 *
 * <p>Not safe for several threads.
 */
final class Packing implements AutoCloseable {
  /** Smaller by 2 % than level 4 and by 6 % than level 1, and no slower on documents this short. */
  private static final int LEVEL = 6;

  /** No byte of a stream can stand for more. */
  private static final long MOST_A_BYTE = 1032;

  private final Deflater deflater = new Deflater(LEVEL);
  private final Inflater inflater = new Inflater();
  private final int fixed;
  private byte[] known;
  private int knownBytes;
  private byte[] out = new byte[1024];

  Packing(byte[] dictionary) {
    fixed = dictionary.length;
    known = Arrays.copyOf(dictionary, fixed + 1024);
  }

  /** Says what is known of the next document besides the dictionary. */
  void against(@Nullable String... texts) {
    knownBytes = fixed;
    for (String text : texts) {
      if (text != null) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (known.length - knownBytes < bytes.length) {
          known = Arrays.copyOf(known, Math.max(2 * known.length, knownBytes + bytes.length));
        }
        System.arraycopy(bytes, 0, known, knownBytes, bytes.length);
        knownBytes += bytes.length;
      }
    }
  }

  byte[] packed(byte[] document) {
    deflater.reset();
    deflater.setDictionary(known, 0, knownBytes);
    deflater.setInput(document);
    deflater.finish();
    int size = 0;
    while (!deflater.finished()) {
      if (size == out.length) {
        out = Arrays.copyOf(out, 2 * size);
      }
      size += deflater.deflate(out, size, out.length - size);
    }
    return Arrays.copyOf(out, size);
  }

  /**
   * The document again.
   *
   * @param size of the document in bytes, as it is stored beside it; no more memory than that is
   *     taken, and none where the stream cannot hold so much
   * @throws IllegalArgumentException where it is not what was packed
   */
  byte[] unpacked(byte[] packed, long size) {
    if (size < 0 || size > packed.length * MOST_A_BYTE || size >= Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          packed.length + " compressed bytes cannot hold the " + size + " that it is said to have");
    }
    // A byte more than is needed shows that there is more, and lets the sum be checked.
    byte[] document = new byte[(int) size + 1];
    inflater.reset();
    inflater.setInput(packed);
    int read = 0;
    try {
      while (!inflater.finished() && read <= size) {
        int more = inflater.inflate(document, read, document.length - read);
        if (more == 0 && inflater.needsDictionary()) {
          inflater.setDictionary(known, 0, knownBytes);
        } else if (more == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("its compressed bytes end too early");
        }
        read += more;
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("its compressed bytes are damaged: " + e.getMessage(), e);
    }
    if (read != size) {
      throw new IllegalArgumentException("it is not as long as is stored with it");
    }
    return Arrays.copyOf(document, read);
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }
}
