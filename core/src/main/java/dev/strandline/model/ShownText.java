package dev.strandline.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what people see of a message: its text, and what files, webhooks, bots, quotes and
 * previews of links show beneath it. See {@link Message#shownText()}.
 *
 * <p>Derived from the document whenever it is wanted, and stored nowhere: so what was stored long
 * ago has it too, and it cannot disagree with the document.
 */
final class ShownText {
  private static final Set<String> FIELDS =
      Set.of("alias", "attachments", "blocks", "file", "files", "urls");

  /** In the order in which the server's own client shows them. */
  private static final List<String> OF_ATTACHMENT =
      List.of("pretext", "author_name", "title", "text");

  private static final List<String> TITLES =
      List.of("ogTitle", "twitterTitle", "title", "pageTitle", "oembedTitle");
  private static final List<String> DESCRIPTIONS =
      List.of("ogDescription", "twitterDescription", "description");

  /** Each once: a file's name is the title of its attachment, too. */
  private final Set<String> lines = new LinkedHashSet<>();

  private ShownText() {}

  static String of(Message message) {
    // Of what is removed nothing is shown, and of what is encrypted nothing can be.
    if ("rm".equals(message.type()) || "e2e".equals(message.type())) {
      return message.text();
    }
    Map<String, Object> fields = JsonFields.of(message.json(), FIELDS);
    if (fields.isEmpty()) {
      return message.text();
    }
    ShownText shown = new ShownText();
    String text = message.text();
    if (!text.isBlank()) {
      shown.lines.add(text);
    }
    shown.attachments(fields.get("attachments"));
    shown.texts(fields.get("blocks"));
    shown.files(fields);
    shown.previews(fields.get("urls"));
    if (fields.get("alias") instanceof String alias && !alias.isBlank()) {
      shown.add("— " + alias.strip());
    }
    return shown.lines.isEmpty() ? text : String.join("\n", shown.lines);
  }

  private void add(@Nullable Object value) {
    if (value instanceof String text && !text.isBlank()) {
      lines.add(text.strip());
    }
  }

  /** Quotes are attachments, with those of the quoted message in them. */
  private void attachments(@Nullable Object list) {
    objects(list)
        .forEach(
            attachment -> {
              OF_ATTACHMENT.forEach(name -> add(attachment.get(name)));
              objects(attachment.get("fields")).forEach(this::field);
              add(attachment.get("description"));
              objects(attachment.get("actions")).forEach(action -> add(action.get("text")));
              attachments(attachment.get("attachments"));
            });
  }

  private void field(Map<?, ?> field) {
    Object title = field.get("title");
    Object value = field.get("value");
    if (title instanceof String name && value instanceof String text && !name.isBlank()) {
      add(name.strip() + ": " + text.strip());
    } else {
      add(title);
      add(value);
    }
  }

  /** The texts of blocks of the server's interface kit, wherever in a block they stand. */
  private void texts(@Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(this::texts);
    } else if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, part) -> {
            if ("text".equals(name)) {
              add(part);
            }
            texts(part);
          });
    }
  }

  private void files(Map<String, Object> fields) {
    if (fields.get("file") instanceof Map<?, ?> file) {
      add(file.get("name"));
    }
    objects(fields.get("files"))
        .map(file -> file.get("name"))
        .filter(this::isSeen)
        .forEach(this::add);
  }

  /** The server lists the small picture that it made beside the file that it made it of. */
  private boolean isSeen(@Nullable Object name) {
    return !(name instanceof String text && text.startsWith("thumb-"));
  }

  private void previews(@Nullable Object urls) {
    objects(urls)
        .filter(url -> !Boolean.TRUE.equals(url.get("ignoreParse")))
        .forEach(
            url -> {
              if (url.get("meta") instanceof Map<?, ?> meta) {
                add(first(meta, TITLES));
                add(first(meta, DESCRIPTIONS));
              }
            });
  }

  private static @Nullable Object first(Map<?, ?> meta, List<String> names) {
    for (String name : names) {
      if (meta.get(name) instanceof String text && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static Stream<Map<?, ?>> objects(@Nullable Object list) {
    return list instanceof List<?> values
        ? values.stream()
            .<Map<?, ?>>mapMulti(
                (value, sink) -> {
                  if (value instanceof Map<?, ?> object) {
                    sink.accept(object);
                  }
                })
        : Stream.empty();
  }
}
