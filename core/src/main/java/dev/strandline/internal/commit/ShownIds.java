package dev.strandline.internal.commit;

import dev.strandline.model.MessageId;

/**
 * The messages that a reading has shown, as 64-bit hashes: eight bytes for each, so that an answer
 * may be as large as a room. Two ids with one hash are taken for one; then a message counts as
 * shown that was not, and nothing is concluded from its absence. Belongs to one thread.
 */
final class ShownIds {
  private static final int SMALLEST = 64;

  /** Open addressing; 0 is an empty place. */
  private long[] places = new long[SMALLEST];

  private int size;

  void add(MessageId id) {
    if (2 * (size + 1) > places.length) {
      grow();
    }
    if (put(hash(id))) {
      size++;
    }
  }

  boolean mayContain(MessageId id) {
    long hash = hash(id);
    int place = place(hash);
    while (places[place] != 0) {
      if (places[place] == hash) {
        return true;
      }
      place = place + 1 & places.length - 1;
    }
    return false;
  }

  private void grow() {
    long[] old = places;
    places = new long[2 * old.length];
    for (long hash : old) {
      if (hash != 0) {
        put(hash);
      }
    }
  }

  private boolean put(long hash) {
    int place = place(hash);
    while (places[place] != 0) {
      if (places[place] == hash) {
        return false;
      }
      place = place + 1 & places.length - 1;
    }
    places[place] = hash;
    return true;
  }

  private int place(long hash) {
    return (int) (hash >>> 32) & places.length - 1;
  }

  /** FNV-1a over the characters, then mixed; never 0. */
  private static long hash(MessageId id) {
    String text = id.value();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
