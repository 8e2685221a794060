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
    assertThat(forms("Łódź Øre đak ΣΊΣΥΦΟΣ STRAẞE ıI æon"))
        .containsExactly("lodz", "ore", "dak", "σισυφοσ", "strasse", "ii", "aeon");
    assertThat(forms("e\u200d\u0301te 5\u0336")).containsExactly("ete", "5");
    assertThat(forms("हिन्दी")).containsExactly("हिन्दी");
    assertThat(forms("কাজ কজ")).doesNotHaveDuplicates();
  }

  @Test
  void vowelMarksOfScriptsThatAreReadWithoutThemDoNotCount() {
    assertThat(forms("שָׁלוֹם")).isEqualTo(forms("שלום"));
    assertThat(forms("\ufb2a\u05b8\u05dc\ufb4b\u05dd")).isEqualTo(forms("שלום"));
    assertThat(forms("مَرْحَبًا")).isEqualTo(forms("مرحبا"));
    assertThat(forms("مـــرحبا")).isEqualTo(forms("مرحبا"));
    assertThat(forms("ﻣﺮﺣﺒﺎ ﻻ")).isEqualTo(forms("مرحبا لا"));
    assertThat(forms("ﻣ\ufe77ﺮﺣ\ufe76ﺒﺎ")).isEqualTo(forms("مرحبا"));
    assertThat(forms("\u0671\u0644\u0644\u0651\u0670\u0647")).isEqualTo(forms("الله"));
    assertThat(forms("ܫܠܳܡܳܐ")).isEqualTo(forms("ܫܠܡܐ"));
    assertThat(forms("\u0640\u064b \u0301")).isEmpty();
    assertThat(forms("می\u200cخواهم")).isEqualTo(forms("میخواهم"));
    assertThat(forms("٢٠٢٤ ۲۰۲۴ ２０２４")).containsOnly("2024");
  }

  @Test
  void halfAndFullWidthAreTheSame() {
    assertThat(forms("ﾊﾞｽ ﾊﾟｰﾃｨｰ")).isEqualTo(forms("バス パーティー"));
    assertThat(forms("ﾡﾢ ﾱ")).isEqualTo(forms("ㄱㄲ ㅁ"));
    assertThat(forms("Ｈｅｌｌｏ　Ｗｏｒｌｄ！")).containsExactly("hello", "world");
    assertThat(forms("ハス")).isNotEqualTo(forms("バス"));
  }

  @Test
  void whatStandsForSeveralWordsIsSeveral_inOnePlace() {
    assertThat(forms("㍿")).isEqualTo(forms("株式会社"));
    assertThat(forms("1½ cups Foo™")).containsExactly("1", "1", "2", "cups", "foo", "tm");
    assertThat(Words.of("a ㍿").stream().map(Word::start)).containsExactly(0, 2, 2, 2, 2);
    assertThat(new SearchQueryPlaces("会社").in("a ㍿ b")).containsExactly("㍿");
  }

  @Test
  void anApostropheSeparatesHoweverItIsTyped() {
    assertThat(forms("it's it’s it´s itʼs"))
        .containsExactly("it", "s", "it", "s", "it", "s", "it", "s");
  }

  @Test
  void aStoreKnowsWordsOfAnotherVersion() {
    // Where this fails the forms have changed: raise VERSION, which makes stored indexes anew.
    assertThat(Words.VERSION).isEqualTo(2);
    assertThat(
            Words.forms("Crème İstanbul שָׁלוֹם مَرْحَبًا ﾊﾞｽ ①½ ㍿ 👍🏽 हिन्दी 한국어 Ｏｋ Straße ½™"))
        .isEqualTo("creme istanbul שלום مرحبا バ ス 1 1 2 株 式 会 社 👍 हिन्दी 한국어 ok strasse 1 2 tm");
  }

  private record SearchQueryPlaces(String words) {
    List<String> in(String text) {
      return SearchQuery.of(words).build().places(text).stream()
          .map(place -> text.substring(place.start(), place.end()))
          .toList();
    }
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
    assertThat(forms("👍🏽👍")).containsExactly("👍", "👍");
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
