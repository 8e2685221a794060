package dev.strandline.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts a text into words, in any script, the same way for what is stored and for what is looked
 * for.
 *
 * <p>A word is a run of letters and digits. Scripts that are written without spaces have no such
 * runs: there every character is a word, and a word that somebody looks for is several of them in a
 * row. So is every symbol, emoji among them. Everything else separates.
 */
public final class Words {
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

  /** Scripts whose marks are accents, which people leave out. In others they are vowels. */
  private static final Pattern ACCENTS =
      Pattern.compile("(?<=[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}])\\p{Mn}+");

  private Words() {}

  /** The words of {@code text}, in order. Cost grows with its length. */
  public static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    int start = 0;
    Kind word = Kind.SEPARATOR;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      Kind kind = kind(point);
      boolean continues = kind == Kind.MARK || (kind == Kind.RUN && word == Kind.RUN);
      if (!continues || word == Kind.SEPARATOR) {
        add(words, text, word, start, at);
        start = at;
        word = kind == Kind.MARK ? Kind.SEPARATOR : kind;
      }
      at += Character.charCount(point);
    }
    add(words, text, word, start, at);
    return words;
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

  private static Kind kind(int point) {
    if (point < 0x80) {
      return Character.isLetterOrDigit(point) ? Kind.RUN : Kind.SEPARATOR;
    }
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          WITHOUT_SPACES.contains(UnicodeScript.of(point)) ? Kind.SINGLE : Kind.RUN;
      case Character.OTHER_SYMBOL, Character.PRIVATE_USE -> Kind.SINGLE;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_SYMBOL ->
          Kind.MARK;
      default -> Kind.SEPARATOR;
    };
  }

  private static void add(List<Word> words, String text, Kind kind, int start, int end) {
    if (kind != Kind.SEPARATOR) {
      String form = form(text.substring(start, end));
      if (!form.isEmpty()) {
        words.add(new Word(form, start, end));
      }
    }
  }

  private static String form(String word) {
    if (isPlain(word)) {
      return word.toLowerCase(Locale.ROOT);
    }
    String folded =
        Normalizer.normalize(word, Normalizer.Form.NFKD)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    String bare =
        ACCENTS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD)).replaceAll("");
    String whole = Normalizer.normalize(bare, Normalizer.Form.NFKC);
    // Selectors and joiners change how a character looks and not what it is; and what a
    // compatibility character stands for can have a space or a bracket in it.
    StringBuilder form = new StringBuilder(whole.length());
    whole
        .codePoints()
        .filter(point -> kind(point) != Kind.SEPARATOR)
        .filter(point -> Character.getType(point) != Character.FORMAT)
        .filter(point -> point < 0xFE00 || point > 0xFE0F)
        .forEach(form::appendCodePoint);
    return form.toString();
  }

  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
