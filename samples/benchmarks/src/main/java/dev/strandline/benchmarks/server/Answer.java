package dev.strandline.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An answer in three parts, of which the middle one is already where it is sent from. */
record Answer(String before, ByteBuffer middle, String after) {
  private static final int WINDOW_MILLIS = 60_000;

  static Answer of(String body) {
    return new Answer(body, ByteBuffer.allocate(0), "");
  }

  /** The same answer, to be sent once more. */
  Answer again() {
    return new Answer(before, middle.duplicate(), after);
  }

  /** Sends it, with the headers that a real server's answer has. */
  void send(SocketChannel to, long now) throws IOException {
    ByteBuffer first = StandardCharsets.UTF_8.encode(before);
    ByteBuffer last = StandardCharsets.UTF_8.encode(after);
    int length = first.remaining() + middle.remaining() + last.remaining();
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\nDate: "
            + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC))
            + "\r\nX-RateLimit-Limit: 1000000\r\nX-RateLimit-Remaining: 999999"
            + "\r\nX-RateLimit-Reset: "
            + (now + WINDOW_MILLIS)
            + "\r\n\r\n";
    ByteBuffer[] parts = {StandardCharsets.US_ASCII.encode(head), first, middle, last};
    long left = parts[0].remaining() + (long) length;
    while (left > 0) {
      left -= to.write(parts);
    }
  }
}
