package dev.strandline.search;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a character is compared as: in lower case, taken apart into letter and marks, compatibility
 * characters (full and half width, ligatures, presentation forms) replaced by what they stand for.
 */
final class Folding {
  /**
   * Letters that differ from another by a stroke or a tie, and that Unicode does not take apart.
   */
  private static final Map<Integer, String> STROKES =
      Map.ofEntries(
          Map.entry(0x00E6, "ae"), // æ
          Map.entry(0x00F0, "d"), // ð
          Map.entry(0x00F8, "o"), // ø
          Map.entry(0x00FE, "th"), // þ
          Map.entry(0x0111, "d"), // đ
          Map.entry(0x0127, "h"), // ħ
          Map.entry(0x0142, "l"), // ł
          Map.entry(0x0153, "oe"), // œ
          Map.entry(0x0167, "t"), // ŧ
          Map.entry(0x0237, "j"), // ȷ
          Map.entry(0x0671, "\u0627")); // alef wasla

  /** Filled as characters are met; a race costs a second computation of the same text. */
  private static final @Nullable String[] KNOWN =
      new String[Character.MIN_SUPPLEMENTARY_CODE_POINT];

  private Folding() {}

  static String of(int point) {
    if (point >= KNOWN.length) {
      return folded(point);
    }
    String known = KNOWN[point];
    if (known == null) {
      known = folded(point);
      KNOWN[point] = known;
    }
    return known;
  }

  private static String folded(int point) {
    if (Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER) {
      return Integer.toString(Character.digit(point, 10));
    }
    String apart = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(apart.length());
    apart.codePoints().forEach(part -> append(folded, part));
    String all = Normalizer.normalize(folded, Normalizer.Form.NFKD);
    // A letter that stands for a mark without its letter, as in texts of before Unicode.
    return Character.isLetter(point) && all.startsWith(" ") && isMarks(all.strip())
        ? all.strip()
        : all;
  }

  private static void append(StringBuilder folded, int point) {
    if (isMark(point)) {
      // The capital of the Greek iota below is a letter.
      folded.appendCodePoint(point);
      return;
    }
    // There and back: ß, ẞ and SS are one, and so are the two small sigmas.
    String upper = Character.toString(Character.toLowerCase(point)).toUpperCase(Locale.ROOT);
    upper
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(
            lower -> {
              String plain = STROKES.get(lower);
              if (plain == null) {
                folded.appendCodePoint(lower);
              } else {
                folded.append(plain);
              }
            });
  }

  private static boolean isMarks(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(Folding::isMark);
  }

  static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
