package dev.strandline.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What is looked for: words in a row.
 *
 * @param forms at least one, see {@link Word#form()}
 * @param isBeginning whether the last of them is only how a word begins
 * @param isExcluded whether messages that have it are not wanted
 */
public record Term(List<String> forms, boolean isBeginning, boolean isExcluded) {
  public Term {
    forms = List.copyOf(forms);
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("a term needs at least one word");
    }
  }

  /** Where {@code words} have this term. */
  List<Place> in(List<Word> words) {
    List<Place> places = new ArrayList<>();
    for (int at = 0; at + forms.size() <= words.size(); at++) {
      if (isAt(words, at)) {
        places.add(new Place(words.get(at).start(), words.get(at + forms.size() - 1).end()));
      }
    }
    return places;
  }

  private boolean isAt(List<Word> words, int at) {
    int last = forms.size() - 1;
    for (int i = 0; i <= last; i++) {
      String form = words.get(at + i).form();
      boolean same =
          (i == last && isBeginning) ? form.startsWith(forms.get(i)) : form.equals(forms.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
