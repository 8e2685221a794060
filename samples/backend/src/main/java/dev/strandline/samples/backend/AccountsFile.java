package dev.strandline.samples.backend;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the accounts:
 *
 * <pre>{@code
 * {
 *   "server": "https://chat.example.org",
 *   "accounts": [
 *     {"name": "ada", "userId": "…", "authToken": "…", "token": "…"}
 *   ]
 * }
 * }</pre>
 *
 * <p>An account may have a {@code server} of its own; {@code "allowPlainHttp": true} goes where
 * {@code server} does. Complaints name the place and what to do, and quote no value, since any may
 * be a secret that was put into the wrong place.
 */
final class AccountsFile {
  /** Safe in a URL and as the name of a file, on file systems that ignore case too. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private static final int SHORTEST_TOKEN = 16;
  private static final Set<String> FIELDS = Set.of("server", "allowPlainHttp", "accounts");
  private static final Set<String> ACCOUNT_FIELDS =
      Set.of("name", "userId", "authToken", "token", "server", "allowPlainHttp");

  private final Path file;

  private AccountsFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the accounts, at least one.
   *
   * @throws BadAccountsException where the file cannot be read or says something else
   */
  static List<Account> read(Path file) {
    return new AccountsFile(file).accounts();
  }

  private List<Account> accounts() {
    JsonNode root = parsed();
    if (!root.isObject()) {
      throw bad("", "is no JSON object", "Write {\"server\": …, \"accounts\": […]}.");
    }
    refuseOthers(root, "", FIELDS);
    JsonNode entries = root.path("accounts");
    if (!entries.isArray() || entries.isEmpty()) {
      throw bad("accounts", "is no list with an account in it", "List at least one account.");
    }
    List<Account> accounts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      String place = "accounts[" + i + "]";
      Account account = account(entries.get(i), place, root);
      if (!names.add(account.name())) {
        throw bad(place + ".name", "is there twice", "Give every account a name of its own.");
      }
      accounts.add(account);
    }
    return List.copyOf(accounts);
  }

  private JsonNode parsed() {
    try {
      refuseWhereOthersRead();
      return JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw bad(place, "is no JSON", "Look for a missing comma, quote or bracket there.");
    } catch (NoSuchFileException e) {
      throw bad("", "does not exist", "Check the path, or write the file; the README shows one.");
    } catch (IOException e) {
      throw bad("", "cannot be read (" + e.getClass().getSimpleName() + ")", "Check the path.");
    }
  }

  private void refuseWhereOthersRead() throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
      if (granted.contains(PosixFilePermission.OTHERS_READ)
          || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw bad("", "can be read or changed by others on this machine", "Run: chmod 600 " + file);
      }
    }
  }

  private Account account(JsonNode entry, String place, JsonNode defaults) {
    if (!entry.isObject()) {
      throw bad(place, "is no JSON object", "Write {\"name\": …, \"userId\": …, …} there.");
    }
    refuseOthers(entry, place, ACCOUNT_FIELDS);
    String name = text(entry, place, "name");
    if (!NAME.matcher(name).matches()) {
      throw bad(
          place + ".name",
          "is no name for URLs and files",
          "Use 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter or digit first.");
    }
    boolean hasOwnServer = entry.has("server");
    JsonNode at = hasOwnServer ? entry : defaults;
    String atPlace = hasOwnServer ? place : "";
    String token = text(entry, place, "token");
    if (token.length() < SHORTEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw bad(
          place + ".token",
          "is too short or holds spaces",
          "Make one of at least " + SHORTEST_TOKEN + " characters: openssl rand -hex 32");
    }
    return new Account(
        name,
        server(at, atPlace),
        isTrue(at, atPlace, "allowPlainHttp"),
        credentials(entry, place),
        new Account.Token(token));
  }

  private Credentials credentials(JsonNode entry, String place) {
    String userId = text(entry, place, "userId");
    String authToken = text(entry, place, "authToken");
    try {
      return new Credentials(userId, authToken);
    } catch (IllegalArgumentException e) {
      throw bad(place, "has a userId or authToken with spaces or line breaks", "Copy them again.");
    }
  }

  private URI server(JsonNode at, String place) {
    String text = text(at, place, "server");
    try {
      return HttpTransport.serverUrl(text);
    } catch (IllegalArgumentException e) {
      throw bad(
          field(place, "server"), "is no URL of a server that can be asked", e.getMessage() + ".");
    }
  }

  private String text(JsonNode object, String place, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw bad(
          field(place, field), value.isMissingNode() ? "is missing" : "is no text", "Add it.");
    }
    return value.textValue();
  }

  private boolean isTrue(JsonNode object, String place, String field) {
    JsonNode value = object.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw bad(field(place, field), "is neither true nor false", "Write one of them.");
    }
    return value.asBoolean();
  }

  private void refuseOthers(JsonNode object, String place, Set<String> known) {
    for (var names = object.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        throw bad(
            place, "has a field that means nothing here", "The fields are " + sorted(known) + ".");
      }
    }
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static String field(String place, String field) {
    return place.isEmpty() ? field : place + "." + field;
  }

  private BadAccountsException bad(@Nullable String place, String what, String advice) {
    String where = place == null || place.isEmpty() ? "" : ", " + place + ",";
    return new BadAccountsException(
        "The accounts file " + file + where + " " + what + ". " + advice);
  }

  /** The file does not name accounts. The message says where and what to do. */
  static final class BadAccountsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadAccountsException(String message) {
      super(message);
    }
  }
}
