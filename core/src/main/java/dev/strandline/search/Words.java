package dev.strandline.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a text into words, in any script, the same way for what is stored and for what is looked
 * for.
 *
 * <p>A word is a run of letters and digits. Scripts that are written without spaces have no such
 * runs: there every character is a word, and a word that somebody looks for is several of them in a
 * row. So is every symbol, emoji among them. Everything else separates.
 */
public final class Words {
  /**
   * Which words these are, and of what: raised with every change of the forms here or of {@link
   * dev.strandline.model.Message#shownText()}. A store that keeps words keeps this with them, and
   * makes them anew where it differs.
   */
  public static final int VERSION = 2;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  /**
   * Scripts whose marks people leave out: accents, and the vowels of scripts that are read without.
   * In others marks are vowels that make a different word.
   */
  private static final Set<UnicodeScript> BARE =
      EnumSet.of(
          UnicodeScript.COMMON, // digits
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HEBREW,
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC);

  private static final int TATWEEL = 0x0640;
  private static final int LONG_VOWEL = 0x30FC;

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private final StringBuilder form = new StringBuilder();
  private Kind word = Kind.SEPARATOR;
  private boolean isPlain;
  private boolean isBare;
  private int start;
  private int end;

  private Words(String text) {
    this.text = text;
  }

  /** The words of {@code text}, in order. Cost grows with its length. */
  public static List<Word> of(String text) {
    return new Words(text).cut();
  }

  /** The forms of the words of {@code text}, a space between two: what a store indexes. */
  public static String forms(String text) {
    StringBuilder forms = new StringBuilder(text.length());
    for (Word word : of(text)) {
      if (!forms.isEmpty()) {
        forms.append(' ');
      }
      forms.append(word.form());
    }
    return forms.toString();
  }

  private enum Kind {
    SEPARATOR,
    /** Goes on with its neighbours. */
    RUN,
    /** Stands by itself. */
    SINGLE,
    /** Belongs to what is before it. */
    MARK
  }

  private List<Word> cut() {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (point < 0x80) {
        plain(point, at, next);
      } else {
        folded(point, at, next);
      }
      at = next;
    }
    close();
    return words;
  }

  private void plain(int point, int from, int to) {
    if (kind(point) == Kind.SEPARATOR) {
      close();
    } else {
      letter(Character.toLowerCase(point), Kind.RUN, from, to);
    }
  }

  private void folded(int point, int from, int to) {
    Kind kind = kind(point);
    if (kind == Kind.SEPARATOR) {
      close();
      return;
    }
    if (kind == Kind.MARK) {
      mark(point, to);
      return;
    }
    String folded = Folding.of(point);
    // ™ is no part of the name before it, and ½ is no digit of the number.
    boolean isAlone = kind == Kind.SINGLE || folded.codePoints().anyMatch(Words::separates);
    if (isAlone) {
      close();
    }
    folded
        .codePoints()
        .forEach(
            part -> {
              Kind partKind = kind(part);
              switch (partKind) {
                case SEPARATOR -> close();
                case MARK -> mark(part, to);
                case RUN, SINGLE -> letter(part, partKind, from, to);
              }
            });
    if (isAlone && word == Kind.RUN) {
      word = Kind.SINGLE;
    }
  }

  private static boolean separates(int point) {
    return kind(point) == Kind.SEPARATOR;
  }

  private void letter(int point, Kind kind, int from, int to) {
    if (kind == Kind.SINGLE || word != Kind.RUN) {
      close();
      start = from;
      word = kind;
      isPlain = true;
    }
    end = to;
    boolean isAscii = point < 0x80;
    isBare = isAscii || BARE.contains(UnicodeScript.of(point));
    isPlain &= isAscii;
    form.appendCodePoint(point);
  }

  private void mark(int point, int to) {
    if (word == Kind.SEPARATOR) {
      return;
    }
    end = to;
    if (Folding.isMark(point) && !isBare && !isSelector(point)) {
      isPlain = false;
      form.appendCodePoint(point);
    }
  }

  /** Changes how a character looks and not what it is. */
  private static boolean isSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
  }

  private void close() {
    if (word != Kind.SEPARATOR) {
      String whole = isPlain ? form.toString() : Normalizer.normalize(form, Normalizer.Form.NFKC);
      words.add(new Word(whole, start, end));
      form.setLength(0);
      word = Kind.SEPARATOR;
    }
  }

  private static Kind kind(int point) {
    if (point < 0x80) {
      return Character.isLetterOrDigit(point) ? Kind.RUN : Kind.SEPARATOR;
    }
    return switch (Character.getType(point)) {
      case Character.MODIFIER_LETTER -> modifier(point);
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          WITHOUT_SPACES.contains(UnicodeScript.of(point)) ? Kind.SINGLE : Kind.RUN;
      // What this Java does not know yet is an emoji, as a rule.
      case Character.OTHER_SYMBOL, Character.PRIVATE_USE, Character.UNASSIGNED -> Kind.SINGLE;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          Kind.MARK;
      // Colours of skin; others are accents without a letter, typed for an apostrophe.
      case Character.MODIFIER_SYMBOL ->
          point >= 0x1F3FB && point <= 0x1F3FF ? Kind.MARK : Kind.SEPARATOR;
      default -> Kind.SEPARATOR;
    };
  }

  private static Kind modifier(int point) {
    return switch (point) {
      case TATWEEL -> Kind.MARK;
      case LONG_VOWEL -> Kind.SINGLE;
      // Apostrophes, which separate however they are typed.
      case 0x02BB, 0x02BC -> Kind.SEPARATOR;
      default -> WITHOUT_SPACES.contains(UnicodeScript.of(point)) ? Kind.SINGLE : Kind.RUN;
    };
  }
}
