package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import org.jspecify.annotations.Nullable;

/** The identifiers in a document, and what is wrong with them. */
final class Identifiers {
  private static final int MOST_CHARACTERS = 512;

  private Identifiers() {}

  /** What is wrong with an identifier, for people; null where nothing is. */
  static @Nullable String problem(Document document, String name) {
    String text = document.text(name);
    if (text == null) {
      return document.has(name) ? "its " + name + " is not text" : "it has no " + name;
    }
    if (text.isEmpty()) {
      return "its " + name + " is empty";
    }
    if (text.length() > MOST_CHARACTERS) {
      return "its " + name + " is too long: " + text.length() + " characters";
    }
    // An escape can write what no UTF-8 can, and so what no database can find again.
    return hasHalfPair(text) ? "its " + name + " holds half a surrogate pair" : null;
  }

  /** Whether there is an identifier to know a document by, whatever else is wrong with it. */
  static boolean isReadable(Document document, String name) {
    // Of a flawed document it may have been read with ? in place of what was sent.
    return problem(document, name) == null
        && (document.flaw() == null || text(document, name).indexOf('?') < 0);
  }

  private static boolean hasHalfPair(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  /** An identifier that has no {@link #problem}. */
  static String text(Document document, String name) {
    String text = document.text(name);
    if (text == null) {
      throw new IllegalStateException("no " + name);
    }
    return text;
  }

  /** An entry for quarantine: verbatim, or a note in its place where it is too long to keep. */
  static Unreadable unreadable(Document document, @Nullable MessageId id, String reason) {
    String json = document.json();
    return new Unreadable(
        id,
        json == null ? note(document, id).put("truncated", true).toString() : json,
        reason,
        writtenAt(document));
  }

  /** An entry whose content is not kept. */
  static Unreadable withheld(
      Document document, @Nullable MessageId id, String what, String reason) {
    return new Unreadable(
        id, note(document, id).put("withheld", what).toString(), reason, writtenAt(document));
  }

  /** What stands for a document: with its id, since what looks the same is kept once. */
  private static ObjectNode note(Document document, @Nullable MessageId id) {
    ObjectNode note = JsonNodeFactory.instance.objectNode();
    if (id != null) {
      note.put("_id", id.value());
    }
    return note.put("bytes", document.bytes());
  }

  /** When it was last written, as far as it says: not before it was sent. */
  static @Nullable ServerTime writtenAt(Document document) {
    ServerTime updatedAt = document.time("_updatedAt");
    return updatedAt == null ? document.time("ts") : updatedAt;
  }
}
