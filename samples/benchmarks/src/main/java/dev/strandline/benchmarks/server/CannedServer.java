package dev.strandline.benchmarks.server;

import dev.strandline.benchmarks.data.Row;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a sync asks, from memory, with as little work as can be: it must not be what is
 * measured. It has the feeds' form and none of the real server's quirks but the strict cursors.
 *
 * <p>Two routes are its own: {@code /bench/delay?ms=N} makes every later answer wait, and {@code
 * /bench/change?rooms=N&count=N} lets changes happen.
 */
final class CannedServer {
  private static final int LARGEST_REQUEST = 16 * 1024;

  private final Workspace workspace;
  private final Map<String, RoomAnswers> rooms = new LinkedHashMap<>();
  private final Answer subscriptions;
  private final Answer directory;
  private final ServerSocketChannel listener;
  private final long startedAt = System.nanoTime();
  private final AtomicInteger changeRounds = new AtomicInteger();
  private volatile int delayMillis;

  /**
   * @param filled whether the rooms hold their messages; otherwise only what changes
   */
  CannedServer(Workspace workspace, boolean filled) throws IOException {
    this.workspace = workspace;
    Shape shape = workspace.shape();
    for (int room = 0; room < shape.rooms(); room++) {
      List<Row> rows = filled ? workspace.room(room) : List.of();
      rooms.put(shape.roomId(room), new RoomAnswers(rows));
    }
    subscriptions = Answer.of(Directory.subscriptions(shape));
    directory = Answer.of(Directory.rooms(shape));
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  /** Serves until the process ends. */
  void serve() throws IOException {
    while (true) {
      SocketChannel client = listener.accept();
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread thread = new Thread(() -> converse(client), "canned-answers");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void converse(SocketChannel client) {
    byte[] buffer = new byte[LARGEST_REQUEST];
    try (client) {
      while (true) {
        String request = request(client, buffer);
        if (request == null) {
          return;
        }
        Answer answer = answer(request.substring(request.indexOf(' ') + 1));
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        answer.send(client, now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client has gone away.
    }
  }

  /** Reads one request, which has no body, up to its empty line; null at the end. */
  private static @Nullable String request(SocketChannel client, byte[] buffer) throws IOException {
    ByteBuffer arriving = ByteBuffer.wrap(buffer);
    while (true) {
      if (client.read(arriving) < 0) {
        return null;
      }
      String text = new String(buffer, 0, arriving.position(), StandardCharsets.US_ASCII);
      if (text.endsWith("\r\n\r\n")) {
        return text.substring(0, text.indexOf(" HTTP/1.1"));
      }
    }
  }

  private Answer answer(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, String> query = Query.parse(mark < 0 ? "" : target.substring(mark + 1));
    return switch (path) {
      case "/api/v1/chat.syncMessages" -> messages(query);
      case "/api/v1/subscriptions.get" -> listed(query, subscriptions);
      case "/api/v1/rooms.get" -> listed(query, directory);
      case "/api/v1/settings.public" -> Answer.of(Directory.settings());
      case "/bench/delay" -> {
        delayMillis = Integer.parseInt(query.getOrDefault("ms", "0"));
        yield Answer.of("{}");
      }
      case "/bench/change" -> {
        change(
            Integer.parseInt(query.getOrDefault("rooms", "1")),
            Integer.parseInt(query.getOrDefault("count", "1")));
        yield Answer.of("{}");
      }
      default -> throw new UncheckedIOException(new IOException("not prepared for " + path));
    };
  }

  private RoomAnswers room(String id) {
    return Objects.requireNonNull(rooms.get(id), "no such room");
  }

  private static Answer listed(Map<String, String> query, Answer all) {
    return query.containsKey("updatedSince") ? Answer.of(Directory.EMPTY) : all.again();
  }

  private Answer messages(Map<String, String> query) {
    RoomAnswers room = room(query.getOrDefault("roomId", ""));
    if (query.containsKey("previous")) {
      return room.previous(
          Long.parseLong(query.get("previous")), Integer.parseInt(query.get("count")));
    }
    if (query.containsKey("lastUpdate")) {
      return room.since(Instant.parse(query.get("lastUpdate")).toEpochMilli());
    }
    throw new UncheckedIOException(new IOException("not prepared for " + query));
  }

  /** Lets {@code count} changes happen, spread over {@code among} rooms. */
  private void change(int among, int count) {
    int round = changeRounds.incrementAndGet();
    long at = now();
    int each = count / among;
    for (int i = 0; i < among; i++) {
      int room = workspace.shape().changingRoom(i, among);
      int known = workspace.shape().messagesIn(room);
      List<Row> written = new ArrayList<>();
      List<String> deleted = new ArrayList<>();
      for (int n = 0; n < each; n++) {
        int index = round * each + n;
        // Six of ten are new, three are edits, one is deleted.
        if (n % 10 == 9) {
          Row gone = workspace.changed(room, (index * 31) % known, false, at);
          deleted.add(Directory.deletion(gone.id(), at));
        } else {
          boolean isNew = n % 10 < 6;
          written.add(workspace.changed(room, isNew ? index : (index * 17) % known, isNew, at));
        }
      }
      room(workspace.shape().roomId(room)).change(written, deleted, at);
    }
  }

  /** The server's clock: it starts where the workspace ends, and each round of changes is later. */
  private long now() {
    return Shape.END.toEpochMilli()
        + 600_000L * (1 + changeRounds.get())
        + (System.nanoTime() - startedAt) / 1_000_000;
  }
}
