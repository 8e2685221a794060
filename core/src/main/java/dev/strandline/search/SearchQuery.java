package dev.strandline.search;

import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in what people see of live messages ({@link Message#shownText()}), and where.
 *
 * <p>All words have to be there, in any order; case and accents do not matter. {@code "like this"}
 * looks for words in a row, {@code begin*} for words that begin so, and {@code -word} for messages
 * without it. What a person writes without spaces, such as {@code foo_bar} or {@code 日本}, is looked
 * for in a row too.
 */
public final class SearchQuery {
  private static final int LARGEST_PAGE = 10_000;

  /**
   * Typographic quotes count too, which keyboards and editors put there; and blanks of any width.
   */
  private static final String QUOTES = "\"\u201C\u201D\u201E";

  private static final Pattern PART =
      Pattern.compile(
          "(-?)(?:[" + QUOTES + "]([^" + QUOTES + "]*)[" + QUOTES + "]?|(\\S+))",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final List<Term> terms;
  private final @Nullable RoomId room;
  private final @Nullable String author;
  private final @Nullable ServerTime from;
  private final @Nullable ServerTime until;
  private final Order order;
  private final @Nullable MessageKey before;
  private final int limit;

  /** The order of what is found. */
  public enum Order {
    /** What fits best first; ties the newest first. */
    BEST,
    /** What was sent last first: can be read on page by page. */
    NEWEST
  }

  private SearchQuery(Builder builder) {
    terms = builder.terms;
    room = builder.room;
    author = builder.author;
    from = builder.from;
    until = builder.until;
    order = builder.order;
    before = builder.before;
    limit = builder.limit;
  }

  /**
   * Starts a query for {@code words}.
   *
   * @throws IllegalArgumentException where there is no word in it that is wanted
   */
  public static Builder of(String words) {
    return new Builder(parse(words));
  }

  private static List<Term> parse(String words) {
    List<Term> terms = new ArrayList<>();
    Matcher part = PART.matcher(words);
    while (part.find()) {
      String quoted = part.group(2);
      String given = quoted != null ? quoted : String.valueOf(part.group(3));
      List<String> forms = Words.of(given).stream().map(Word::form).toList();
      if (!forms.isEmpty()) {
        boolean isBeginning = quoted == null && given.endsWith("*");
        terms.add(new Term(forms, isBeginning, !part.group(1).isEmpty()));
      }
    }
    if (terms.stream().allMatch(Term::isExcluded)) {
      throw new IllegalArgumentException(
          "a search needs at least one word that is wanted, and \"" + words + "\" has none");
    }
    return List.copyOf(terms);
  }

  public List<Term> terms() {
    return terms;
  }

  /** Only in this room; null for all. */
  public @Nullable RoomId room() {
    return room;
  }

  /** Only by the author of this user name; null for all. */
  public @Nullable String author() {
    return author;
  }

  /** Only what was sent then or later; null for all. */
  public @Nullable ServerTime from() {
    return from;
  }

  /** Only what was sent before; null for all. */
  public @Nullable ServerTime until() {
    return until;
  }

  public Order order() {
    return order;
  }

  /** Only what comes before this place in reading order; null for the newest. */
  public @Nullable MessageKey before() {
    return before;
  }

  public int limit() {
    return limit;
  }

  /**
   * Whether a message is among those that are searched, whatever its words are. What is encrypted
   * end to end has no words, and is not.
   */
  public boolean covers(Message message) {
    return !"e2e".equals(message.type())
        && (room == null || message.room().equals(room))
        && (author == null || author.equals(message.authorName()))
        && (from == null || !message.sentAt().isBefore(from))
        && (until == null || message.sentAt().isBefore(until))
        && (before == null || MessageKey.of(message).compareTo(before) < 0);
  }

  /** Where {@code text} has what is looked for; empty where it is not what is looked for. */
  public List<Place> places(String text) {
    List<Word> words = Words.of(text);
    List<Place> all = new ArrayList<>();
    for (Term term : terms) {
      List<Place> places = term.in(words);
      if (places.isEmpty() != term.isExcluded()) {
        return List.of();
      }
      all.addAll(places);
    }
    all.sort(Comparator.comparingInt(Place::start).thenComparingInt(Place::end));
    return merged(all);
  }

  private static List<Place> merged(List<Place> places) {
    List<Place> merged = new ArrayList<>();
    for (Place place : places) {
      Place last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && place.start() < last.end()) {
        merged.set(merged.size() - 1, new Place(last.start(), Math.max(last.end(), place.end())));
      } else {
        merged.add(place);
      }
    }
    return merged;
  }

  /** Collects what narrows a search down. Not safe for several threads. */
  public static final class Builder {
    private final List<Term> terms;
    private @Nullable RoomId room;
    private @Nullable String author;
    private @Nullable ServerTime from;
    private @Nullable ServerTime until;
    private Order order = Order.BEST;
    private @Nullable MessageKey before;
    private int limit = 50;

    private Builder(List<Term> terms) {
      this.terms = terms;
    }

    /** Only in this room; by default in all. */
    public Builder room(@Nullable RoomId value) {
      room = value;
      return this;
    }

    /** Only what the author of this user name wrote, written exactly so; by default all. */
    public Builder author(@Nullable String value) {
      author = value;
      return this;
    }

    /** Only what was sent then or later. */
    public Builder from(@Nullable ServerTime value) {
      from = value;
      return this;
    }

    /** Only what was sent before. */
    public Builder until(@Nullable ServerTime value) {
      until = value;
      return this;
    }

    /** Default {@link Order#BEST}. */
    public Builder order(Order value) {
      order = value;
      return this;
    }

    /** Goes on after a page, see {@link SearchPage#next()}. Only with {@link Order#NEWEST}. */
    public Builder before(@Nullable MessageKey value) {
      before = value;
      return this;
    }

    /**
     * How many at most; default 50.
     *
     * @param value 1 to 10,000
     */
    public Builder limit(int value) {
      if (value < 1 || value > LARGEST_PAGE) {
        throw new IllegalArgumentException("limit must be 1 to " + LARGEST_PAGE + ", not " + value);
      }
      limit = value;
      return this;
    }

    /**
     * Makes the query.
     *
     * @throws IllegalArgumentException where a place to go on from is given for {@link Order#BEST}
     */
    public SearchQuery build() {
      if (before != null && order == Order.BEST) {
        throw new IllegalArgumentException(
            "before goes with order NEWEST: the best have no place to go on from");
      }
      return new SearchQuery(this);
    }
  }
}
