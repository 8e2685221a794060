package dev.strandline.testkit.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 requests from a connection: request line, headers, and a body whose length is
 * given and which nobody needs.
 */
final class HttpMessages {
  private static final int LONGEST_LINE = 64 * 1024;

  /**
   * A request as read.
   *
   * @param keepAlive whether the client expects another answer on the same connection
   * @param gzip whether it takes a compressed body
   */
  record Incoming(Request request, boolean keepAlive, boolean gzip) {}

  /** A request that is not one, or that this server cannot read. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  private HttpMessages() {}

  /** Reads the next request, or returns null at the end of the connection. */
  static @Nullable Incoming read(InputStream in, String remoteAddress) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new Unreadable("Not an HTTP/1.x request line: " + requestLine);
    }
    Map<String, String> headers = headers(in);
    if (headers.containsKey("Transfer-Encoding")) {
      throw new Unreadable("Chunked request bodies are not read here: send a Content-Length");
    }
    skipBody(in, headers.getOrDefault("Content-Length", "0"));
    boolean modern = parts[2].equals("HTTP/1.1");
    String connection = headers.getOrDefault("Connection", "").toLowerCase(Locale.ROOT);
    boolean gzip =
        modern
            && headers
                .getOrDefault("Accept-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
    try {
      Request request = Request.of(parts[0], parts[1], headers, remoteAddress);
      return new Incoming(request, modern && !connection.contains("close"), gzip);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("A badly encoded target: " + parts[1]);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    while (true) {
      String line = line(in);
      if (line == null) {
        throw new EOFException("The connection ended within the headers");
      } else if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new Unreadable("Not a header: " + line);
      }
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
  }

  private static void skipBody(InputStream in, String length) throws IOException {
    try {
      in.skipNBytes(Long.parseLong(length));
    } catch (NumberFormatException e) {
      throw new Unreadable("Not a length: " + length);
    }
  }

  /** One line without its end, or null at the end of the connection. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection ended within a line");
      } else if (line.size() == LONGEST_LINE) {
        throw new Unreadable("A line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
