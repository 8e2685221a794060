package dev.strandline.testkit.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One client's connection: reads requests and writes answers until either side has enough.
 *
 * <p>Written on a plain socket because the JDK's own server always sends the machine's {@code Date}
 * and can neither leave it out nor reset a connection; the server's clock and those faults are what
 * the fake is for.
 */
final class HttpConnection implements Runnable {
  /** What becomes of a request. */
  interface Handler {
    Reply handle(Request request) throws IOException;
  }

  /**
   * How to answer.
   *
   * @param end how the connection ends; only {@link End#REGULAR} sends the whole response
   * @param cutAfter for {@link End#CUT}, how many bytes of the body are sent
   */
  record Reply(Response response, End end, long cutAfter) {
    static Reply regular(Response response) {
      return new Reply(response, End.REGULAR, 0);
    }

    static Reply none(End end) {
      return new Reply(Response.of(0, Response.JSON, Body.of("")), end, 0);
    }
  }

  enum End {
    REGULAR,
    CUT,
    RESET,
    HANG
  }

  // Below this a compressed body is hardly smaller and only hides what went over the wire.
  private static final int SMALLEST_COMPRESSED = 512;

  private final Socket socket;
  private final Handler handler;

  HttpConnection(Socket socket, Handler handler) {
    this.socket = socket;
    this.handler = handler;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      serve(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException gone) {
      // The client went away, or the server is being closed; neither has anybody left to tell.
      System.getLogger(HttpConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "Connection ended: {0}", gone.toString());
    }
  }

  private void serve(InputStream in, OutputStream out) throws IOException {
    String remote = socket.getInetAddress().getHostAddress();
    while (true) {
      HttpMessages.Incoming incoming;
      try {
        incoming = HttpMessages.read(in, remote);
      } catch (HttpMessages.Unreadable e) {
        Body text = Body.of(String.valueOf(e.getMessage()));
        write(out, Response.of(400, "text/plain", text), false, false, true);
        return;
      }
      if (incoming == null || !answer(in, out, incoming) || !incoming.keepAlive()) {
        return;
      }
    }
  }

  /** Returns whether the connection can go on. */
  private boolean answer(InputStream in, OutputStream out, HttpMessages.Incoming incoming)
      throws IOException {
    Reply reply = handler.handle(incoming.request());
    Response response = reply.response();
    boolean body = !incoming.request().method().equals("HEAD");
    switch (reply.end()) {
      case REGULAR -> {
        write(out, response, incoming.gzip(), incoming.keepAlive(), body);
        return true;
      }
      case CUT -> {
        OutputStream buffered = new BufferedOutputStream(out);
        head(buffered, response, "Content-Length: " + response.body().length(), false);
        byte[] whole = response.body().toBytes();
        buffered.write(whole, 0, (int) Math.min(reply.cutAfter(), whole.length));
        buffered.flush();
      }
      case RESET -> socket.setSoLinger(true, 0);
      case HANG -> {
        while (in.read() >= 0) {
          // Until the client gives up or the server is closed.
        }
      }
    }
    return false;
  }

  private static void write(
      OutputStream out, Response response, boolean gzip, boolean keepAlive, boolean body)
      throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 64 * 1024);
    if (!body || !gzip || response.body().length() < SMALLEST_COMPRESSED) {
      head(buffered, response, "Content-Length: " + response.body().length(), keepAlive);
      if (body) {
        response.body().writeTo(buffered);
      }
    } else {
      String framing =
          "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\nTransfer-Encoding: chunked";
      head(buffered, response, framing, keepAlive);
      ChunkedOutput chunked = new ChunkedOutput(buffered);
      GZIPOutputStream zipped = new GZIPOutputStream(new BufferedOutputStream(chunked, 32 * 1024));
      response.body().writeTo(zipped);
      zipped.finish();
      zipped.flush();
      chunked.end();
    }
    buffered.flush();
  }

  private static void head(OutputStream out, Response response, String framing, boolean keepAlive)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ")
        .append(response.status())
        .append(' ')
        .append(reason(response.status()));
    head.append("\r\n");
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append(framing).append("\r\n");
    head.append(keepAlive ? "Connection: keep-alive" : "Connection: close").append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
