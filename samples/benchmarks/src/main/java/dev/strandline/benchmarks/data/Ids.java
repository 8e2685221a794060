package dev.strandline.benchmarks.data;

/** Ids as the server makes them: 17 characters that look random. */
final class Ids {
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

  private Ids() {}

  /** The id of the {@code index}th thing of {@code kind}: without a history of ids, at any time. */
  static String of(long seed, int kind, int index) {
    long bits = mixed(mixed(seed ^ 0x5deece66dL) + ((long) kind << 32) + index);
    char[] id = new char[17];
    for (int i = 0; i < id.length; i++) {
      if (i == 9) {
        bits = mixed(bits);
      }
      id[i] = ALPHABET.charAt((int) Long.remainderUnsigned(bits, ALPHABET.length()));
      bits = Long.divideUnsigned(bits, ALPHABET.length());
    }
    // The first nine characters use up most of the first number, so that no two ids are alike.
    return new String(id);
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
