package dev.strandline.transport.http.internal;

import java.util.Arrays;

/**
 * Whether an object may hold a name twice: cheap, and mistaken now and then, since it compares what
 * names are hashed to and takes an object of many for one that does.
 */
final class NamesSeen {
  private static final int MANY = 48;

  private int[] hashes = new int[64];
  private int count;
  private int[] starts = new int[16];
  private int depth;
  private boolean perhapsTwice;

  /** An object begins. */
  void open() {
    if (depth == starts.length) {
      starts = Arrays.copyOf(starts, 2 * depth);
    }
    starts[depth++] = count;
  }

  /** An object ends. */
  void close() {
    count = starts[--depth];
  }

  /** The object that began last has a name. */
  void add(String name) {
    int start = starts[depth - 1];
    if (perhapsTwice || count - start >= MANY) {
      perhapsTwice = true;
      return;
    }
    int hash = name.hashCode();
    for (int i = start; i < count; i++) {
      if (hashes[i] == hash) {
        perhapsTwice = true;
        return;
      }
    }
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash;
  }

  boolean perhapsTwice() {
    return perhapsTwice;
  }
}
