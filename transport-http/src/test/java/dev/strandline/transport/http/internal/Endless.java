package dev.strandline.transport.http.internal;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Reads bodies of a hundred megabytes and more, made while they are read, in a process of its own
 * whose heap is far smaller. Says what became of each.
 */
final class Endless {
  static final int HEAP_MEGABYTES = 24;

  private static final int MEGABYTE = 1 << 20;
  private static final String START = "{\"result\":{\"deleted\":[],\"updated\":[";

  private Endless() {}

  public static void main(String[] args) throws IOException {
    String message = START + "{\"_id\":\"a\",\"rid\":\"R1\",";
    say("a text without end", refused(repeating(message + "\"msg\":\"", "x", "")));
    say(
        "members without end",
        setAside(repeating(message + "\"md\":[", "1,", "1]}]},\"success\":true}")));
    say("a name without end", refused(repeating(message + "\"", "x", "")));
    say("a number without end", refused(repeating(message + "\"tcount\":1", "1", "")));
    String entry = Answers.message("a", "") + ",";
    int entries = 1_000_000;
    say(
        "entries without end",
        Integer.toString(counted(new Repeating(START, entry, entries, "null]}}"))));
    say("a bomb of compression", bomb(message + "\"msg\":\""));
  }

  private static void say(String what, String became) {
    System.out.println(what + ": " + became);
  }

  private static InputStream repeating(String start, String again, String end) {
    return new Repeating(start, again, 100 * MEGABYTE / again.length(), end);
  }

  private static String refused(InputStream body) {
    try {
      Answers.room(body, Answers.LIMIT);
      return "read";
    } catch (MalformedResponseException e) {
      return "refused";
    }
  }

  private static String setAside(InputStream body) {
    Answers.Held held = Answers.room(body, Answers.LIMIT);
    boolean noted = held.unreadable.size() == 1 && held.unreadable.get(0).json().length() < 100;
    return noted && held.messages.isEmpty() ? "set aside" : "kept";
  }

  private static int counted(InputStream body) {
    int[] count = new int[1];
    ChangeSink counting =
        new ChangeSink() {
          @Override
          public void upsert(Message message) {
            count[0]++;
          }

          @Override
          public void tombstone(Tombstone tombstone) {}

          @Override
          public void unreadable(Unreadable entry) {}
        };
    Answers.read(body, Answers.NO_HEADERS, Answers.LIMIT, Answers.uncut(counting));
    return count[0];
  }

  private static String bomb(String start) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(small);
        InputStream large = repeating(start, "x", "")) {
      large.transferTo(zipped);
    }
    HttpHeaders gzip =
        HttpHeaders.of(Map.of("Content-Encoding", List.of("gzip")), (name, value) -> true);
    try {
      Answers.read(
          new ByteArrayInputStream(small.toByteArray()),
          gzip,
          Answers.LIMIT,
          Answers.uncut(new Answers.Held()));
      return "read";
    } catch (MalformedResponseException e) {
      return "refused";
    }
  }

  /** A beginning, the same so many times, and an end. */
  private static final class Repeating extends InputStream {
    private final byte[] again;
    private final byte[] end;
    private byte[] now;
    private int at;
    private int left;

    Repeating(String start, String again, int times, String end) {
      // Some at once, or the making takes longer than the reading.
      int together = Math.max(1, Math.min(times, 8192 / again.length()));
      this.again = again.repeat(together).getBytes(StandardCharsets.UTF_8);
      this.end = (again.repeat(times % together) + end).getBytes(StandardCharsets.UTF_8);
      now = start.getBytes(StandardCharsets.UTF_8);
      left = times / together;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      while (at == now.length) {
        if (left < 0) {
          return -1;
        }
        now = left > 0 ? again : end;
        left--;
        at = 0;
      }
      int got = Math.min(count, now.length - at);
      System.arraycopy(now, at, target, offset, got);
      at += got;
      return got;
    }
  }
}
