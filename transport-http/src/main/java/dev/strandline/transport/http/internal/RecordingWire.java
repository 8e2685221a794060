package dev.strandline.transport.http.internal;

import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.ServerTime;
import dev.strandline.transport.http.internal.recording.Exchange;
import dev.strandline.transport.http.internal.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A wire that writes down what goes over another one, while it goes: on the thread that asks, and
 * with no more of an answer in memory than one text. What cannot be written down is not passed on
 * either.
 */
public final class RecordingWire implements Wire {
  private static final int SHORTEST_COOKIE = 6;

  private final Wire wire;
  private final Recording recording;

  public RecordingWire(HttpClientWire wire, Recording recording) {
    this.wire = wire;
    this.recording = recording;
  }

  @Override
  public Reply send(Request request, Watch watch) {
    // A login that was renewed brings a token of its own.
    String token = request.headers().get("X-Auth-Token");
    if (token != null) {
      recording.learnSecret(token);
    }
    Exchange exchange = recording.begin(request.route(), request.uri());
    ServerTime passed = watch.call().passed();
    long sent = System.nanoTime();
    Reply reply;
    try {
      reply = wire.send(request, watch);
    } catch (UnreachableException e) {
      missed(exchange, e, sent);
      throw e;
    } catch (RuntimeException e) {
      exchange.drop();
      throw e;
    }
    try {
      return recorded(request, reply, exchange, watch, passed, sent);
    } catch (RuntimeException e) {
      reply.close();
      throw e;
    }
  }

  private Reply recorded(
      Request request,
      Reply reply,
      Exchange exchange,
      Watch watch,
      @Nullable ServerTime passed,
      long sent) {
    reply.headers().allValues("Set-Cookie").forEach(this::learnCookie);
    Asked asked = Asked.of(reply.headers(), reply.elapsed());
    // Where the answer does not confirm its moment, the run's clock may: what the run settles by is
    // what a replay has to be told.
    exchange.answered(
        reply.status(), reply.headers(), asked.confirmed() ? null : passed, asked.at());
    reply
        .headers()
        .firstValue("Location")
        .ifPresent(location -> exchange.location(target(request.uri(), location)));
    String encoding = encoding(reply.headers());
    if (!encoding.isEmpty() && !isGzip(encoding)) {
      // Nobody can look into it, so nothing of it is kept; a client does not take it either.
      exchange.encodedAs(encoding);
      exchange.complete();
      return reply;
    }
    InputStream body = new RecordedBody(reply.body(), isGzip(encoding), exchange, watch, sent);
    HttpHeaders headers =
        HttpHeaders.of(
            reply.headers().map(), (name, value) -> !name.equalsIgnoreCase("Content-Encoding"));
    return new Reply(reply.status(), headers, body, reply.elapsed());
  }

  private void learnCookie(String header) {
    try {
      for (HttpCookie cookie : HttpCookie.parse(header)) {
        if (cookie.getValue() != null && cookie.getValue().length() >= SHORTEST_COOKIE) {
          recording.learnSecret(cookie.getValue());
        }
      }
    } catch (IllegalArgumentException e) {
      recording.learnSecret(header);
    }
  }

  /** Within the server a redirect leads to a path; where else it leads is nobody's business. */
  private static String target(URI uri, String location) {
    try {
      URI target = uri.resolve(location);
      boolean inside =
          target.getHost() != null
              && ServerAddress.originOf(target).equals(ServerAddress.originOf(uri));
      if (!inside) {
        return "https://elsewhere.invalid/";
      }
      String query = target.getRawQuery();
      return target.getRawPath() + (query == null ? "" : "?" + query);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String encoding(HttpHeaders headers) {
    String named =
        headers.firstValue("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    return named.equals("identity") ? "" : named;
  }

  private static boolean isGzip(String encoding) {
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  private static void missed(Exchange exchange, UnreachableException e, long sentNanos) {
    if (e.timedOut()) {
      exchange.late(Duration.ofNanos(System.nanoTime() - sentNanos));
    } else {
      exchange.unanswered();
    }
  }

  /** A body that is written down while it is read. */
  private static final class RecordedBody extends InputStream {
    private final InputStream raw;
    private final boolean compressed;
    private final Exchange exchange;
    private final Watch watch;
    private final long sent;
    private InputStream plain = InputStream.nullInputStream();
    private boolean begun;
    private boolean over;

    RecordedBody(InputStream raw, boolean compressed, Exchange exchange, Watch watch, long sent) {
      this.raw = raw;
      this.compressed = compressed;
      this.exchange = exchange;
      this.watch = watch;
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count;
      try {
        if (!begun) {
          begun = true;
          plain = compressed ? new GZIPInputStream(raw, 8192) : raw;
        }
        count = plain.read(target, offset, length);
      } catch (UnreachableException e) {
        over = true;
        if (e.timedOut()) {
          exchange.late(Duration.ofNanos(System.nanoTime() - sent));
        } else {
          exchange.cut();
        }
        throw e;
      } catch (IOException e) {
        // Its compression is damaged: a client can do no more with what came before that.
        over = true;
        exchange.complete();
        throw e;
      } catch (StrandlineException e) {
        over = true;
        exchange.drop();
        throw e;
      }
      if (count > 0) {
        exchange.write(target, offset, count);
      } else if (count < 0 && !over) {
        over = true;
        exchange.complete();
      }
      return count;
    }

    /** Whoever stops reading has seen enough, unless the run was cancelled. */
    @Override
    public void close() throws IOException {
      raw.close();
      if (over) {
        return;
      }
      over = true;
      try {
        watch.check();
      } catch (SyncCancelledException e) {
        exchange.drop();
        return;
      }
      exchange.complete();
    }
  }
}
