package dev.strandline.transport.http.internal.recording;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document: an object or array that is open, and what is known of the values in it
 * (facts 8 for messages, 3.6 for rooms and subscriptions). Names that are not known are treated as
 * custom fields, with everything in them.
 */
final class Place {
  private static final Set<String> USERS =
      Set.of(
          "u",
          "editedBy",
          "pinnedBy",
          "starred",
          "mentions",
          "deletedBy",
          "user",
          "users",
          "owner",
          "servedBy",
          "closedBy",
          "resolvedBy");
  private static final Set<String> USER_IDS =
      Set.of("uid", "userId", "ownerId", "replies", "uids", "userIds", "unreadBy");
  private static final Set<String> NAMES =
      Set.of("username", "usernames", "name", "names", "fname", "alias", "author_name", "nickname");
  private static final Set<String> TEXTS =
      Set.of("msg", "text", "topic", "announcement", "description", "title");
  private static final Set<String> SECRETS =
      Set.of("E2EKey", "E2ESuggestedKey", "joinCode", "token", "authToken", "loginToken");

  /** What is passed on as it is. A text here is an id, a stamp, a code or the API's own words. */
  private static final Set<String> STRUCTURE =
      Set.of(
          "_id",
          "rid",
          "tmid",
          "drid",
          "prid",
          "t",
          "ts",
          "_updatedAt",
          "_deletedAt",
          "tlm",
          "dlm",
          "lm",
          "ls",
          "lr",
          "editedAt",
          "pinnedAt",
          "slackTs",
          "expireAt",
          "success",
          "status",
          "error",
          "errorType",
          "details",
          "method",
          "message",
          "next",
          "previous",
          "type",
          "emoji",
          "e2e",
          "algorithm",
          "kid",
          "e2eKeyId",
          "roles",
          "parent",
          "msgs",
          "usersCount",
          "unread",
          "userMentions",
          "groupMentions",
          "tcount",
          "dcount",
          "count",
          "offset",
          "total",
          "open",
          "alert",
          "f",
          "ro",
          "default",
          "encrypted",
          "groupable",
          "pinned",
          "tshow",
          "_hidden",
          "private",
          "parseUrls",
          "bot",
          "receiptsArchived",
          "tunread",
          "teamMain",
          "teamId",
          "__collection__",
          "$date");

  /** Objects and arrays in which names mean what they mean outside. */
  private static final Set<String> OPEN =
      Set.of(
          "result",
          "updated",
          "deleted",
          "cursor",
          "messages",
          "update",
          "remove",
          "channels",
          "lastMessage",
          "reactions",
          "settings",
          "subscriptions",
          "rooms");

  private static final Set<String> WRITTEN =
      Set.of("md", "attachments", "urls", "translations", "blocks", "content", "file", "files");

  private static final Set<String> OF_THE_API =
      Stream.of(USERS, USER_IDS, NAMES, TEXTS, SECRETS, STRUCTURE, OPEN, WRITTEN)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** What describes a written part rather than being written. */
  private static final Set<String> MARKS =
      Set.of("_id", "rid", "tmid", "ts", "type", "t", "language", "color", "format", "algorithm");

  private static final Pattern STAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

  private enum Region {
    KNOWN,
    WRITTEN,
    UNKNOWN
  }

  private final boolean object;
  private final String name;
  private final Region region;
  private final boolean mention;
  private String key = "";
  private boolean keyExpected;
  private boolean aboutSomebody;

  private Place(boolean object, String name, Region region, boolean mention) {
    this.object = object;
    this.name = name;
    this.region = region;
    this.mention = mention;
    keyExpected = object;
  }

  /** The outermost place. */
  static Place outermost(boolean object) {
    return new Place(object, "", Region.KNOWN, false);
  }

  /** A place that opens inside this one. */
  Place inner(boolean innerIsObject) {
    String called = object ? key : name;
    return new Place(innerIsObject, called, regionOf(called), mention || aboutSomebody);
  }

  private Region regionOf(String called) {
    if (region != Region.KNOWN || !object) {
      return region;
    }
    if (WRITTEN.contains(called)) {
      return Region.WRITTEN;
    }
    boolean known =
        OPEN.contains(called)
            || USERS.contains(called)
            || USER_IDS.contains(called)
            || NAMES.contains(called)
            || STRUCTURE.contains(called)
            // What people react with is a name that nobody can list.
            || name.equals("reactions");
    return known ? Region.KNOWN : Region.UNKNOWN;
  }

  boolean isObject() {
    return object;
  }

  boolean expectsKey() {
    return keyExpected;
  }

  void separated() {
    keyExpected = object;
  }

  void key(String value) {
    key = value;
    keyExpected = false;
  }

  /** What a text is that stands here. */
  Kind kindOf(String value) {
    String called = object ? key : name;
    if (SECRETS.contains(called)) {
      return Kind.SECRET;
    }
    if (isUserId(called)) {
      return Kind.USER_ID;
    }
    return switch (region) {
      case KNOWN -> known(called, value);
      case WRITTEN -> written(called, value);
      case UNKNOWN -> unknown(called);
    };
  }

  private boolean isUserId(String called) {
    return (object && called.equals("_id") && USERS.contains(name)) || USER_IDS.contains(called);
  }

  private Kind known(String called, String value) {
    if (name.equals("settings") && called.equals("value")) {
      return Kind.SETTING;
    }
    if (NAMES.contains(called)) {
      return Kind.NAME;
    }
    if (TEXTS.contains(called)) {
      return Kind.TEXT;
    }
    return STRUCTURE.contains(called) || STAMP.matcher(value).matches()
        ? Kind.STRUCTURE
        : Kind.OTHER;
  }

  private Kind written(String called, String value) {
    if (called.equals("type") && value.startsWith("MENTION_")) {
      aboutSomebody = true;
    }
    if (object && MARKS.contains(called)) {
      return Kind.STRUCTURE;
    }
    boolean isName = called.equals("username") || called.equals("author_name") || mention;
    return isName ? Kind.NAME : Kind.TEXT;
  }

  private static Kind unknown(String called) {
    return switch (called) {
      case "_id", "rid", "tmid" -> Kind.STRUCTURE;
      case "username" -> Kind.NAME;
      default -> Kind.OTHER;
    };
  }

  /** Whether a number that stands here is nobody's business. */
  boolean numberIsPrivate() {
    return kindOf("") == Kind.OTHER;
  }

  /** Whether the API itself calls a field so. */
  static boolean isOfTheApi(String name) {
    return OF_THE_API.contains(name);
  }

  static boolean isSpecialMention(@Nullable String name) {
    return "all".equals(name) || "here".equals(name);
  }
}
