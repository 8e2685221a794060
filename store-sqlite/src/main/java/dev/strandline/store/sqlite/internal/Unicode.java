package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreFailedException;

/**
 * Keeps text from being changed on its way to UTF-8.
 *
 * <p>A Java string can hold an unpaired surrogate, which has no UTF-8 form: Java would write a
 * question mark instead. No answer of a server holds one, since answers are UTF-8; the escape
 * {@code \ud800} in a document is six plain characters and is not affected.
 */
final class Unicode {
  private Unicode() {}

  /**
   * {@code text} itself.
   *
   * @throws StoreFailedException where it could not be read back as it is
   */
  static String exact(String text) {
    int at = unpaired(text);
    if (at >= 0) {
      throw new StoreFailedException(
          "Text with an unpaired surrogate (at index "
              + at
              + ") has no UTF-8 form and cannot be stored unchanged: "
              + excerpt(text, at)
              + ". Quarantine the entry that it came from.",
          null);
    }
    return text;
  }

  /** {@code text} for people: what has no UTF-8 form becomes U+FFFD. */
  static String shown(String text) {
    int at = unpaired(text);
    if (at < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text);
    for (; at >= 0; at = unpaired(shown)) {
      shown.setCharAt(at, '\ufffd');
    }
    return shown.toString();
  }

  private static int unpaired(CharSequence text) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        i++;
      } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        i += 2;
      } else {
        return i;
      }
    }
    return -1;
  }

  private static String excerpt(String text, int at) {
    return shown(text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20)));
  }
}
