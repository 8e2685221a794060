package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not a success, as far as it can be understood (facts 1.8, 6, 10). What is
 * decided by it is decided by what arrived; secrets are withheld where it is shown.
 *
 * @param route the API route that answered
 * @param status the HTTP status
 * @param fromApi whether the body is the API's own, and not one of something in between
 * @param isSilent whether the API refuses without a word
 * @param errorType the server's code as it arrived, empty where it sent none: to decide by, never
 *     to be shown
 * @param text the server's words as they arrived, empty where it sent none: likewise
 * @param secrets what is withheld from {@link #shown}
 */
record Refusal(
    String route,
    int status,
    boolean fromApi,
    boolean isSilent,
    String errorType,
    String text,
    Secrets secrets) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_CHARACTERS = 200;

  /** What the API says in its refusals, one or more of them. */
  private static final List<String> WORDS = List.of("error", "errorType", "message", "errors");

  private static final Set<String> SECOND_FACTOR = Set.of("totp-required", "totp-invalid");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads the body of a refusal, or its first part where it is long. */
  static Refusal read(String route, int status, InputStream body, Secrets secrets) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(MOST_BYTES);
    } catch (IOException | UnreachableException e) {
      // The status is worth more than the failure to read the words that go with it.
      bytes = new byte[0];
    }
    JsonNode json = parse(bytes);
    if (json == null || !json.isObject()) {
      String page = new String(bytes, StandardCharsets.UTF_8);
      return new Refusal(route, status, false, false, "", page, secrets);
    }
    // Gateways answer in JSON too; the API says of its own refusals that they are no success.
    boolean isFailure = "false".equals(json.path("success").asText());
    String error = text(json, "error");
    return new Refusal(
        route,
        status,
        isFailure || text(json, "status").equals("error"),
        isFailure && WORDS.stream().noneMatch(json::has),
        text(json, "errorType"),
        error.isEmpty() ? text(json, "message") : error,
        secrets);
  }

  private static @Nullable JsonNode parse(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value != null && value.isTextual() ? value.textValue() : "";
  }

  boolean is(int wantedStatus, String wantedType) {
    return status == wantedStatus && errorType.equals(wantedType);
  }

  /** The server's words for people: on one line, not too long, and without secrets. */
  String shown() {
    return secrets.excerpt(text, MOST_CHARACTERS);
  }

  @Override
  public String toString() {
    return "Refusal[" + route + ", " + status + said() + "]";
  }

  /** What this is where the route gives it no meaning of its own. */
  StrandlineException toException() {
    if (asksForSecondFactor()) {
      return new NotAuthorizedException(
          "The server asks for a second factor to answer "
              + route
              + ", which nobody is there to enter. Make a personal access token with \"Ignore Two"
              + " Factor Authentication\" ticked (My Account > Personal Access Tokens), and use it"
              + " with the user id that is shown with it.");
    }
    // A page without the API's shape comes from something in between, which knows no accounts.
    if (status == 401 || (status == 403 && fromApi)) {
      return new NotAuthorizedException(
          "The server refuses "
              + route
              + " to this account (HTTP "
              + status
              + said()
              + "). Log in again, or have the permission granted.");
    }
    return new ServerErrorException(
        "The server answered HTTP " + status + " to " + route + said() + hint(),
        status,
        secrets.code(errorType, MOST_CHARACTERS));
  }

  /** One word, as {@code error} where somebody logs in and as {@code errorType} elsewhere. */
  boolean asksForSecondFactor() {
    return fromApi
        && (SECOND_FACTOR.contains(errorType)
            || SECOND_FACTOR.stream()
                .anyMatch(word -> text.equals(word) || text.endsWith("[" + word + "]")));
  }

  private String said() {
    String shown = shown();
    return shown.isEmpty() ? "" : ": " + shown;
  }

  private String hint() {
    String shown = shown();
    String end = shown.isEmpty() || shown.matches(".*[.!?]") ? "" : ".";
    if (status >= 500) {
      return end + " It may pass: try again later.";
    }
    return status == 404 && !fromApi
        ? end + " Check that the URL is the root of a Rocket.Chat server."
        : end;
  }
}
