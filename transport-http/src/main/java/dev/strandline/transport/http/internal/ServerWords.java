package dev.strandline.transport.http.internal;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server's codes and words that something is decided by. They tell nothing about anybody, so
 * they are never replaced, also where a user's id happens to be a part of them: a recording without
 * them would be decided otherwise when it is played back.
 */
public final class ServerWords {
  static final String NOT_ALLOWED = "error-not-allowed";
  static final String INVALID_MESSAGE = "error-invalid-message";
  static final String THREADS_DISABLED = "Threads Disabled";
  static final String ADDITIONAL_PROPERTIES = "additional properties";

  /** How servers without cursors complain about a request that has one (facts 1.8). */
  static final Set<String> OLD_COMPLAINTS =
      Set.of(
          "error-lastUpdate-param-not-provided",
          "error-lastUpdate-param-invalid",
          "error-roomId-param-invalid");

  static final Set<String> SCHEMA_COMPLAINTS = Set.of("invalid-params", "error-invalid-params");

  /** How long a refusal asks to wait, in seconds. */
  static final Pattern WAIT = Pattern.compile("must wait (\\d{1,9}) second");

  /** The engine asks again where it reads this. */
  private static final String CURSOR_NOT_FOUND = "error-cursor-not-found";

  private static final Pattern KEPT =
      Pattern.compile(
          Stream.of(
                      Stream.of(
                          NOT_ALLOWED,
                          INVALID_MESSAGE,
                          CURSOR_NOT_FOUND,
                          THREADS_DISABLED,
                          ADDITIONAL_PROPERTIES),
                      OLD_COMPLAINTS.stream(),
                      SCHEMA_COMPLAINTS.stream())
                  .flatMap(words -> words)
                  // The longer first: one can be a part of another.
                  .sorted((a, b) -> b.length() - a.length())
                  .map(Pattern::quote)
                  .collect(Collectors.joining("|"))
              + "|"
              + WAIT.pattern());

  private ServerWords() {}

  /** Applies {@code change} to what is between words that are kept. */
  public static String around(String text, UnaryOperator<String> change) {
    Matcher kept = KEPT.matcher(text);
    int done = 0;
    StringBuilder result = new StringBuilder(text.length());
    while (kept.find()) {
      result.append(change.apply(text.substring(done, kept.start()))).append(kept.group());
      done = kept.end();
    }
    return done == 0
        ? change.apply(text)
        : result.append(change.apply(text.substring(done))).toString();
  }
}
