package dev.strandline.cli.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's own files. They hold nothing of the database. */
final class Assets {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "main.js",
          "api.js",
          "bars.js",
          "dom.js",
          "find.js",
          "keys.js",
          "messages.js",
          "quarantine.js",
          "room.js",
          "rooms.js",
          "runs.js",
          "store.js",
          "text.js",
          "thread.js",
          "time.js");

  private final Map<String, Answer> files = new HashMap<>();

  Assets() {
    for (String name : NAMES) {
      files.put("/" + name, new Answer(200, type(name), bytes(name)));
    }
    files.put("/", files.get("/index.html"));
  }

  /** The file at a path; null where there is none. */
  @Nullable Answer at(String path) {
    return files.get(path);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("page/" + name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
