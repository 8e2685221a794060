package dev.strandline.transport.http.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a change of a document: a message, a tombstone, or, where it cannot be understood, an entry
 * for quarantine (R14). Pure but for the sink.
 */
final class MessageEntry {
  /** The fields that it looks at. */
  static final Set<String> FIELDS =
      Set.of(
          "_id",
          "rid",
          "ts",
          "_updatedAt",
          "tmid",
          "t",
          "u._id",
          "u.username",
          "msg",
          "tcount",
          "tlm",
          "_hidden",
          "_deletedAt");

  private final Document document;
  private final @Nullable RoomId room;
  private final @Nullable MessageId root;

  /**
   * @param room the only room that it may belong to; null for any
   * @param root the only thread that it may belong to; null for any
   */
  MessageEntry(Document document, @Nullable RoomId room, @Nullable MessageId root) {
    this.document = document;
    this.room = room;
    this.root = root;
  }

  /** Why a document is no change. */
  private static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Hands on an entry of the list of what is there. */
  void live(ChangeSink sink) {
    try {
      requireExpected();
      if (document.isTrue("_hidden")) {
        // R13: only a thread's answer shows these, and they are deletions.
        sink.tombstone(new Tombstone(id(), date("_updatedAt"), Tombstone.Reason.HIDDEN));
      } else {
        sink.upsert(message(keepable()));
      }
    } catch (NotUnderstood e) {
      sink.unreadable(unreadable(e.reason()));
    }
  }

  /** Hands on an entry of the list of what is gone. */
  void gone(ChangeSink sink) {
    try {
      requireExpected();
      sink.tombstone(Tombstone.deleted(id(), date("_deletedAt")));
    } catch (NotUnderstood e) {
      sink.unreadableDeletion(root == null ? unreadable(e.reason()) : withheld(e.reason()));
    }
  }

  /** Checks what is true of every entry of the answer that was asked for. */
  private void requireExpected() throws NotUnderstood {
    if (!document.isObject()) {
      throw new NotUnderstood("it is not an object");
    }
    String flaw = document.flaw();
    if (flaw != null) {
      throw new NotUnderstood(flaw);
    }
    if (room != null && document.has("rid") && !room.value().equals(document.text("rid"))) {
      throw new NotUnderstood("it belongs to another room than the one asked about");
    }
    if (root != null && document.has("tmid") && !root.value().equals(document.text("tmid"))) {
      throw new NotUnderstood("it belongs to another thread than the one asked about");
    }
  }

  /** The JSON of an entry that is kept; of one that is gone only its id and its date are. */
  private String keepable() throws NotUnderstood {
    String json = document.json();
    if (json == null) {
      throw new NotUnderstood("it is too long: " + document.bytes() + " bytes");
    }
    if (document.depth() > JsonBody.Format.MOST_DEPTH) {
      throw new NotUnderstood("it is nested too deeply: " + document.depth() + " levels");
    }
    return json;
  }

  private Message message(String json) throws NotUnderstood {
    MessageId thread = thread();
    if (root != null && thread == null) {
      throw new NotUnderstood("it does not say to which thread it belongs (tmid)");
    }
    String text = document.text("msg");
    return Message.builder(id(), roomId(), date("ts"), date("_updatedAt"), json)
        .thread(thread)
        .type(document.text("t"))
        .author(document.text("u._id"), document.text("u.username"))
        .text(text == null ? "" : text)
        .replies(document.count("tcount"), document.time("tlm"))
        .build();
  }

  private MessageId id() throws NotUnderstood {
    return new MessageId(identifier("_id"));
  }

  private RoomId roomId() throws NotUnderstood {
    return new RoomId(identifier("rid"));
  }

  private @Nullable MessageId thread() throws NotUnderstood {
    // An empty one counts as none in the server's own code.
    return document.has("tmid") && !"".equals(document.text("tmid"))
        ? new MessageId(identifier("tmid"))
        : null;
  }

  private String identifier(String name) throws NotUnderstood {
    String problem = Identifiers.problem(document, name);
    if (problem != null) {
      throw new NotUnderstood(problem);
    }
    return Identifiers.text(document, name);
  }

  private ServerTime date(String name) throws NotUnderstood {
    ServerTime time = document.time(name);
    if (time == null) {
      throw new NotUnderstood(
          document.has(name) ? "its " + name + " is not a date" : "it has no " + name);
    }
    return time;
  }

  private Unreadable unreadable(String reason) {
    return Identifiers.unreadable(document, readableId(), reason);
  }

  /**
   * R13: of what a thread's answer says is gone, the content is not kept, not even for diagnosis.
   */
  private Unreadable withheld(String reason) {
    return Identifiers.withheld(document, readableId(), "a removed message", reason);
  }

  private @Nullable MessageId readableId() {
    return Identifiers.isReadable(document, "_id")
        ? new MessageId(Identifiers.text(document, "_id"))
        : null;
  }
}
