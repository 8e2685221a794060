package dev.strandline.cli;

import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Message;

/** A message as a line of a table. */
final class MessageLine {
  /** What stands for a text that only its writer and its readers have the key to. */
  static final String ENCRYPTED = "(encrypted)";

  private MessageLine() {}

  /** Whether a message is encrypted end to end: its text is none, or is unreadable. */
  static boolean isEncrypted(Message message) {
    return "e2e".equals(message.type());
  }

  static Table table() {
    return Table.of(words("SENT"), text("BY"), text("MESSAGE"), words("ID"));
  }

  static void add(Table table, Message message, Moments moments) {
    String author = message.authorName();
    table.row(
        moments.minute(message.sentAt()),
        author == null ? "" : author,
        (message.thread() == null ? "" : "↳ ") + shown(message) + replies(message),
        message.id().value());
  }

  /** What there is to read: the text, or what stands in its place. */
  static String shown(Message message) {
    if ("rm".equals(message.type())) {
      return "(removed)";
    }
    if (isEncrypted(message)) {
      return ENCRYPTED;
    }
    String type = message.type() == null ? "" : "[" + message.type() + "] ";
    String text = message.shownText();
    return text.isEmpty() && type.isEmpty() ? "(no text)" : type + text;
  }

  private static String replies(Message message) {
    return switch (message.replyCount()) {
      case 0 -> "";
      case 1 -> " (1 reply)";
      default -> " (" + message.replyCount() + " replies)";
    };
  }
}
