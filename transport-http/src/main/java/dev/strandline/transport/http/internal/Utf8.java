package dev.strandline.transport.http.internal;

/** The shape of characters in UTF-8. */
final class Utf8 {
  /** What {@link #width} answers where the bytes end before the character does. */
  static final int CUT = -1;

  private Utf8() {}

  /**
   * How many bytes the character has that begins at {@code from}; 0 where none can begin there, and
   * {@link #CUT} where it could go on behind {@code end}.
   */
  static int width(byte[] bytes, int from, int end) {
    int first = bytes[from] & 0xff;
    int width = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first > 0xf4) {
      return 0;
    }
    for (int i = 1; i < width; i++) {
      if (from + i == end) {
        return CUT;
      }
      int next = bytes[from + i] & 0xff;
      boolean fits = next >= 0x80 && next <= 0xbf;
      if (i == 1) {
        // Neither longer than need be, nor half of a surrogate pair, nor beyond Unicode.
        fits &= first != 0xe0 || next >= 0xa0;
        fits &= first != 0xed || next < 0xa0;
        fits &= first != 0xf0 || next >= 0x90;
        fits &= first != 0xf4 || next < 0x90;
      }
      if (!fits) {
        return 0;
      }
    }
    return width;
  }
}
