package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A response body as a run of pieces, so that a page of 50,000 documents is written from where they
 * are kept and never exists as one array. Immutable.
 */
public final class Body {
  private final List<byte[]> pieces;

  private Body(List<byte[]> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** Returns a body of these bytes. */
  public static Body of(byte[] bytes) {
    return new Body(List.of(bytes));
  }

  /** Returns a body of a text in UTF-8. */
  public static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Body of(JsonNode json) {
    return of(Json.bytes(json));
  }

  /** Returns its length in bytes. */
  public long length() {
    long length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    return length;
  }

  /** Writes it all. */
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  /** Returns it as one array: for small bodies and tests. */
  public byte[] toBytes() {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream((int) Math.min(length(), Integer.MAX_VALUE - 8));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  /** Returns it as a JSON tree: for tests and in-process callers. */
  public JsonNode json() {
    return Json.tree(toBytes());
  }

  /** Builds a body of literal JSON and documents that are bytes already. */
  static final class Pieces {
    private static final byte[] COMMA = {','};
    private final List<byte[]> pieces = new ArrayList<>();

    Pieces text(String json) {
      pieces.add(json.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Pieces piece(byte[] json) {
      pieces.add(json);
      return this;
    }

    Pieces array(List<byte[]> documents) {
      text("[");
      for (Iterator<byte[]> rest = documents.iterator(); rest.hasNext(); ) {
        pieces.add(rest.next());
        if (rest.hasNext()) {
          pieces.add(COMMA);
        }
      }
      return text("]");
    }

    Pieces lines(List<byte[]> documents) {
      for (byte[] document : documents) {
        pieces.add(document);
        text("\n");
      }
      return this;
    }

    Body body() {
      return new Body(pieces);
    }
  }
}
