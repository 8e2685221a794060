package dev.strandline.transport.http.internal.recording;

import dev.strandline.error.RecordingFailedException;
import dev.strandline.model.ServerTime;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One exchange that is being written down. Ends with exactly one of {@link #complete}, {@link
 * #cut}, {@link #unanswered}, {@link #late} and {@link #drop}; all but the last put it in its
 * place. Every method but {@code drop} throws {@link RecordingFailedException} where it cannot be
 * written. Belongs to one thread.
 */
public final class Exchange {
  /** Added to what was waited for in vain, so that a client as patient gives up first. */
  private static final Duration LATER_STILL = Duration.ofSeconds(5);

  private final Recording recording;
  private final String name;
  private final Mapping mapping;
  private @Nullable Path part;
  private @Nullable ScrubbedBody body;
  private @Nullable String bodyFile;
  private long length;
  private boolean ended;

  Exchange(Recording recording, String name, RecordedRequest request) {
    this.recording = recording;
    this.name = name;
    mapping = new Mapping(name, request);
  }

  /**
   * An answer's headers have come.
   *
   * @param askedAt what the client takes for the moment of asking; null where it is not told
   */
  public void answered(
      int status, HttpHeaders headers, @Nullable ServerTime passed, @Nullable ServerTime askedAt) {
    mapping.response().put("status", status);
    mapping.headers(RecordedHeaders.of(status, headers, passed, askedAt, recording.scrubber()));
    if (askedAt != null) {
      mapping.metadata().put("askedAt", askedAt.toString());
    }
    headers.firstValue("Date").ifPresent(date -> mapping.metadata().put("date", date));
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    bodyFile = name + (type.contains("json") ? ".json" : type.contains("html") ? ".html" : ".txt");
  }

  /** Where a redirect leads, if it is one. */
  public void location(String where) {
    mapping.response().withObjectProperty("headers").put("Location", where);
  }

  /** The body is in a form that nobody can look into; none of it is written down. */
  public void encodedAs(String encoding) {
    mapping.response().withObjectProperty("headers").put("Content-Encoding", encoding);
  }

  /** Writes down a part of the body, of which the compression has been taken off. */
  public void write(byte[] bytes, int offset, int count) {
    try {
      if (body == null) {
        part = recording.bodyPart(name);
        body =
            new ScrubbedBody(
                new BufferedOutputStream(Files.newOutputStream(part)), recording.scrubber());
      }
      body.write(bytes, offset, count);
      length += count;
    } catch (IOException e) {
      drop();
      throw recording.failed(e);
    }
  }

  /** The answer is complete, or read as far as anybody wanted to. */
  public void complete() {
    end();
  }

  /** The answer broke off. */
  public void cut() {
    // A body shorter than announced ends with a broken connection. Uncompressed, since WireMock
    // compresses what does not say how it is encoded, and then announces nothing.
    mapping
        .response()
        .withObjectProperty("headers")
        .put("Content-Encoding", "identity")
        .put("Content-Length", Long.toString(length + 1));
    mapping.metadata().put("ended", "cut");
    end();
  }

  /** No answer came: the server could not be reached, or broke the connection. */
  public void unanswered() {
    // Of WireMock's faults the one that no HTTP client tries again by itself, unseen.
    mapping.response().put("fault", "RANDOM_DATA_THEN_CLOSE");
    mapping.metadata().put("ended", "unreachable");
    discardBody();
    end();
  }

  /**
   * The answer did not come, or did not come to an end, within the client's patience.
   *
   * @param waited how long that was
   */
  public void late(Duration waited) {
    discardBody();
    mapping.response().removeAll();
    mapping
        .response()
        .put("status", 504)
        .put("body", "")
        .put("fixedDelayMilliseconds", waited.plus(LATER_STILL).toMillis());
    mapping.metadata().put("ended", "late");
    end();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      if (body != null) {
        body.end();
        body.close();
        mapping.response().put("bodyFileName", bodyFile);
      }
      recording.add(mapping, part, bodyFile);
    } catch (IOException e) {
      discardBody();
      throw recording.failed(e);
    }
  }

  /** Forgets the exchange: it says nothing about the server. */
  public void drop() {
    ended = true;
    discardBody();
  }

  private void discardBody() {
    try {
      if (body != null) {
        body.close();
      }
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // What is left of it is no part of the recording, and is removed when that is continued.
    }
    body = null;
    part = null;
  }
}
