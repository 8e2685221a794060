package dev.strandline.transport.http.internal;

import dev.strandline.model.Membership;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code subscriptions.get} and {@code rooms.get} answer (facts 3.6). One answer each.
 */
final class DirectoryReading implements Reading<DirectoryAnswer> {
  private static final Set<String> FIELDS =
      Set.of(
          "_id",
          "rid",
          "name",
          "fname",
          "prid",
          "t",
          "_updatedAt",
          "lm",
          "unread",
          "status",
          "federated",
          "federation",
          "bridged",
          "importIds",
          "_deletedAt");

  private final String roomField;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private final List<Removal> removed = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private boolean hasUpdate;

  /**
   * @param roomField the field that holds the room's id
   */
  DirectoryReading(String roomField) {
    this.roomField = roomField;
  }

  @Override
  public DirectoryAnswer read(JsonBody body, Asked asked) throws IOException {
    body.root(name -> envelope(body, name));
    if (!hasUpdate) {
      // Taken for an empty list, it would mean that the caller has lost every room.
      throw body.malformed("/update", "it is missing");
    }
    return new DirectoryAnswer(asked.at(), asked.confirmed(), entries, removed, unreadable);
  }

  private boolean envelope(JsonBody body, String name) throws IOException {
    switch (name) {
      case "update" -> {
        hasUpdate = true;
        body.array(() -> add(Document.read(body, FIELDS)));
      }
      case "remove" -> body.array(() -> remove(Document.read(body, FIELDS)));
      case "success" -> body.success();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(Document document) {
    String problem = problem(document);
    if (problem == null) {
      problem = Identifiers.problem(document, roomField);
    }
    if (problem == null && document.has("_updatedAt") && document.time("_updatedAt") == null) {
      problem = "its _updatedAt is not a date";
    }
    String json = document.json();
    if (problem != null || json == null) {
      refuse(document, String.valueOf(problem));
      return;
    }
    String type = document.text("t");
    entries.add(
        new DirectoryEntry(
            Identifiers.text(document, "_id"),
            new RoomId(Identifiers.text(document, roomField)),
            name(document),
            type == null ? RoomType.OTHER : RoomType.ofCode(type),
            document.time("_updatedAt"),
            document.time("lm"),
            document.count("unread"),
            json,
            membership(document),
            hasOtherClocks(document)));
  }

  /** Subscriptions of invited and banned users stay listed, with a status (facts 3.6). */
  private static Membership membership(Document document) {
    String status = document.text("status");
    return switch (status == null ? "" : status) {
      case "INVITED" -> Membership.INVITED;
      case "BANNED" -> Membership.BANNED;
      default -> Membership.MEMBER;
    };
  }

  /** Whether messages can come in with times that this server has not checked (facts 9). */
  private static boolean hasOtherClocks(Document document) {
    return Stream.of("federated", "federation", "bridged", "importIds")
        .anyMatch(field -> document.has(field) && !Boolean.FALSE.equals(document.truth(field)));
  }

  /** A discussion, which has a parent room, is named by chance; people see its other name. */
  private static @Nullable String name(Document document) {
    String name = document.text("name");
    String friendly = document.text("fname");
    boolean isDiscussion = document.has("prid");
    return name == null || name.isEmpty() || (isDiscussion && friendly != null) ? friendly : name;
  }

  private void remove(Document document) {
    String problem = problem(document);
    if (problem == null) {
      removed.add(new Removal(Identifiers.text(document, "_id"), document.time("_deletedAt")));
    } else {
      refuse(document, problem);
    }
  }

  private static @Nullable String problem(Document document) {
    if (document.json() == null) {
      return "it is too long: " + document.bytes() + " bytes";
    }
    if (!document.isObject()) {
      return "it is not an object";
    }
    if (document.flaw() != null) {
      return document.flaw();
    }
    return document.depth() > JsonBody.Format.MOST_DEPTH
        ? "it is nested too deeply: " + document.depth() + " levels"
        : Identifiers.problem(document, "_id");
  }

  private void refuse(Document document, String reason) {
    // Its id tells apart what is too long to keep, and is no message's.
    MessageId id =
        Identifiers.problem(document, "_id") == null
            ? new MessageId(Identifiers.text(document, "_id"))
            : null;
    Unreadable kept = Identifiers.unreadable(document, id, reason);
    unreadable.add(new Unreadable(null, kept.json(), kept.reason(), kept.updatedAt()));
  }
}
