package dev.strandline.transport.http.internal.recording;

import dev.strandline.transport.http.Scrubbing;
import dev.strandline.transport.http.Scrubbing.Treatment;
import dev.strandline.transport.http.internal.ServerWords;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what a recording must not hold, and replaces what it is to hold in another
 * form. Learns secrets while it works: cookies, renewed tokens, the ids of users. Safe for several
 * threads.
 */
final class Scrubber {
  /** Shorter secrets are replaced only where they are the whole of a text. */
  private static final int SHORTEST = 4;

  /** Ids of users are looked for inside of texts where they are at least as long as this. */
  private static final int SHORTEST_ID = 8;

  private static final int MOST_IDS = 100_000;
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{" + SHORTEST_ID + ",}");
  private static final Pattern MENTION = Pattern.compile("@([\\p{L}\\p{N}_.-]+)");

  private final Scrubbing scrubbing;
  private final Pseudonyms pseudonyms;
  private final String me;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Set<String> userIds = ConcurrentHashMap.newKeySet();
  private final Pattern host;

  /**
   * @param me the caller's user id
   * @param hostName the server's
   */
  Scrubber(Scrubbing scrubbing, Pseudonyms pseudonyms, String me, String hostName) {
    this.scrubbing = scrubbing;
    this.pseudonyms = pseudonyms;
    this.me = me;
    userIds.add(me);
    scrubbing.secrets().forEach(this::learnSecret);
    String quoted = Pattern.quote(hostName);
    // A name without a dot may be an ordinary word: it is the host's only in an address.
    host =
        Pattern.compile(
            hostName.matches(".*[.:].*") ? quoted : "(?<=//)" + quoted + "(?![\\w.-])",
            Pattern.CASE_INSENSITIVE);
  }

  /** From now on {@code secret} is masked wherever it stands. */
  void learnSecret(String secret) {
    if (!secret.isEmpty()) {
      secrets.put(secret, "x".repeat(secret.length()));
    }
  }

  /** A text of an answer; the same object where nothing is to be replaced. */
  String text(Kind kind, String original) {
    return switch (kind) {
      case STRUCTURE -> ServerWords.around(original, this::safe);
      case USER_ID -> userId(original);
      case SETTING -> pseudonyms.id(safe(original));
      case NAME -> name(original);
      case TEXT -> written(scrubbing.texts(), original);
      case OTHER -> written(scrubbing.otherFields(), original);
      case SECRET -> mask(original);
    };
  }

  /** A field's name: those of the API stay, whatever somebody is called. */
  String key(String original) {
    return Place.isOfTheApi(original) ? original : safe(original);
  }

  /** A number, where it can be somebody's. */
  String number(String original) {
    return scrubbing.otherFields() == Treatment.KEEP ? original : original.replaceAll("[0-9]", "1");
  }

  /** A page of something that is not the API. */
  String page(String original) {
    return written(scrubbing.texts(), original);
  }

  private String userId(String original) {
    if (userIds.size() < MOST_IDS) {
      userIds.add(original);
    }
    return pseudonyms.id(original);
  }

  private String name(String original) {
    if (Place.isSpecialMention(original)) {
      return original;
    }
    String safe = safe(original);
    return switch (scrubbing.names()) {
      case KEEP -> safe;
      case MASK -> mask(safe);
      case PSEUDONYM -> pseudonyms.words(safe);
    };
  }

  private String written(Treatment treatment, String original) {
    String safe = safe(original);
    return switch (treatment) {
      case KEEP -> scrubbing.names() == Treatment.KEEP ? safe : withMentions(safe, false);
      case MASK -> withMentions(safe, true);
      // Word by word as names are, so that mentions follow by themselves.
      case PSEUDONYM -> pseudonyms.words(safe);
    };
  }

  private String withMentions(String original, boolean masked) {
    if (original.indexOf('@') < 0) {
      return masked ? mask(original) : original;
    }
    StringBuilder result = new StringBuilder(original.length());
    Matcher mention = MENTION.matcher(original);
    int done = 0;
    while (mention.find()) {
      String between = original.substring(done, mention.start(1));
      result.append(masked ? mask(between) : between).append(name(mention.group(1)));
      done = mention.end();
    }
    String rest = original.substring(done);
    return result.append(masked ? mask(rest) : rest).toString();
  }

  /** Every letter and digit by one that takes as many bytes. */
  static String mask(String original) {
    StringBuilder result = new StringBuilder(original.length());
    original
        .codePoints()
        .forEach(
            c -> {
              if (!Character.isLetterOrDigit(c)) {
                result.appendCodePoint(c);
              } else if (c < 0x80) {
                result.append(Character.isDigit(c) ? '0' : Character.isUpperCase(c) ? 'X' : 'x');
              } else {
                result.appendCodePoint(c < 0x800 ? 'ø' : c < 0x10000 ? 'の' : 0x20000);
              }
            });
    return result.toString();
  }

  /** Without what no text of a recording may hold, whatever it is. */
  String safe(String original) {
    String result = original;
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      boolean whole = secret.getKey().length() < SHORTEST;
      if (whole ? result.equals(secret.getKey()) : result.contains(secret.getKey())) {
        result = result.replace(secret.getKey(), secret.getValue());
      }
    }
    result = withoutHost(result);
    return me.length() < SHORTEST_ID && result.equals(me) ? userId(me) : withoutUserIds(result);
  }

  private String withoutHost(String text) {
    Matcher found = host.matcher(text);
    return found.find()
        ? found.replaceAll(match -> pseudonyms.words(match.group().toLowerCase(Locale.ROOT)))
        : text;
  }

  private String withoutUserIds(String text) {
    if (text.length() < SHORTEST_ID) {
      return text;
    }
    Matcher run = RUN.matcher(text);
    return run.find() ? run.replaceAll(match -> withoutUserId(match.group())) : text;
  }

  /** A direct conversation's id is the ids of the two, one behind the other. */
  private String withoutUserId(String run) {
    if (userIds.contains(run)) {
      return pseudonyms.id(run);
    }
    int at = run.indexOf(me);
    if (at < 0 || me.length() < SHORTEST_ID) {
      return run;
    }
    String before = run.substring(0, at);
    String after = run.substring(at + me.length());
    return part(before) + pseudonyms.id(me) + part(after);
  }

  private String part(String id) {
    return id.isEmpty() ? id : userId(id);
  }
}
