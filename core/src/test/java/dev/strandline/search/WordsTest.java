package dev.strandline.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void wordsAreRunsOfLettersAndDigits_inLowerCase() {
    assertThat(forms("Hello, @Ana_Maria! #v2 it's 3.14"))
        .containsExactly("hello", "ana", "maria", "v2", "it", "s", "3", "14");
  }

  @Test
  void accentsOfAlphabetsDoNotCount_andVowelSignsDo() {
    assertThat(forms("Crème BRÛLÉE Ångström İstanbul ΆΘΗΝΑ Йод"))
        .containsExactly("creme", "brulee", "angstrom", "istanbul", "αθηνα", "иод");
    assertThat(forms("हिन्दी")).containsExactly("हिन्दी");
    assertThat(forms("কাজ কজ")).doesNotHaveDuplicates();
  }

  @Test
  void howACharacterIsComposedDoesNotCount() {
    assertThat(forms("e\u0301te\u0301 \uff21\uff22 \ufb01n Straße STRASSE"))
        .containsExactly("ete", "ab", "fin", "strasse", "strasse");
    assertThat(forms("한국어")).isEqualTo(forms(decomposed("한국어")));
  }

  @Test
  void whereNoSpacesAreWrittenEveryCharacterIsAWord() {
    assertThat(forms("東京タワーへ行く")).hasSize(8).startsWith("東", "京");
    assertThat(forms("東京tower")).containsExactly("東", "京", "tower");
    assertThat(forms("ﾃｽﾄ")).isEqualTo(forms("テスト"));
    assertThat(forms("ที่นี่")).hasSize(2);
  }

  @Test
  void emojiAreWords_withoutWhatOnlyChangesTheirLook() {
    assertThat(forms("go🚀🚀 ❤️")).containsExactly("go", "🚀", "🚀", "❤");
  }

  @Test
  void placesAreThoseOfTheTextItself() {
    String text = "Ein  Füße-Test 東京";
    assertThat(Words.of(text).stream().map(w -> text.substring(w.start(), w.end())))
        .containsExactly("Ein", "Füße", "Test", "東", "京");
  }

  @Test
  void anyTextHasWords_brokenOnesToo() {
    assertThat(forms("")).isEmpty();
    assertThat(forms("\u0301\u200d ...\u0000")).isEmpty();
    assertThat(forms("a\ud800b \udc00")).containsExactly("a", "b");
    assertThat(Words.forms("One, two")).isEqualTo("one two");
  }

  private static List<String> forms(String text) {
    return Words.of(text).stream().map(Word::form).toList();
  }

  private static String decomposed(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD);
  }
}
