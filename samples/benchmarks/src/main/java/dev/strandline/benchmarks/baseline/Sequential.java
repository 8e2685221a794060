package dev.strandline.benchmarks.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.strandline.benchmarks.data.Row;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Well written, one step after the other: ask, parse as a stream, write the page as one JDBC batch
 * and one transaction, ask again.
 */
public final class Sequential implements Contender {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final URI address;

  public Sequential(URI address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "sequential: streaming parse, JDBC batch, a transaction a page";
  }

  @Override
  public void run(Path file) throws Exception {
    RawStore.create(file);
    Server server = new Server(address);
    try (RawStore store = RawStore.tuned(file);
        PreparedStatement put = store.connection().prepareStatement(RawStore.UPSERT)) {
      for (String room : server.rooms()) {
        long before = Long.MAX_VALUE / 4096;
        Set<String> seen = Set.of();
        boolean more = true;
        while (more) {
          Set<String> known = seen;
          List<Row> page = parse(server.page(room, before, BodyHandlers.ofByteArray()));
          more = page.size() == Server.PAGE;
          page.removeIf(row -> known.contains(row.id()));
          write(store, put, room, page);
          if (more) {
            // A page can end among messages of one stamp: that stamp is asked for again.
            long last = page.get(page.size() - 1).updatedAt();
            seen = of(page, last);
            before = last + 1;
          }
        }
      }
      store.putThreads();
    }
  }

  private static Set<String> of(List<Row> page, long stamp) {
    return page.stream()
        .filter(row -> row.updatedAt() == stamp)
        .map(Row::id)
        .collect(Collectors.toSet());
  }

  private static void write(RawStore store, PreparedStatement put, String room, List<Row> page)
      throws SQLException {
    for (Row row : page) {
      store.bind(put, row);
      put.addBatch();
    }
    put.executeBatch();
    if (!page.isEmpty()) {
      store.position(room, page.get(page.size() - 1).updatedAt());
    }
    store.connection().commit();
  }

  static List<Row> parse(byte[] body) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY
            && "updated".equals(parser.currentName())) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            rows.add(message(parser, body));
          }
        }
      }
    }
    return rows;
  }

  private static Row message(JsonParser parser, byte[] body) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    String id = "";
    String room = "";
    long sentAt = 0;
    long updatedAt = 0;
    @Nullable String thread = null;
    int replies = 0;
    @Nullable Long lastReplyAt = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "_id" -> id = parser.getText();
        case "rid" -> room = parser.getText();
        case "ts" -> sentAt = millis(parser);
        case "_updatedAt" -> updatedAt = millis(parser);
        case "tmid" -> thread = parser.getText();
        case "tcount" -> replies = parser.getIntValue();
        case "tlm" -> lastReplyAt = millis(parser);
        default -> parser.skipChildren();
      }
    }
    int to = (int) parser.currentLocation().getByteOffset();
    String json = new String(body, from, to - from, StandardCharsets.UTF_8);
    return new Row(id, room, sentAt, updatedAt, thread, replies, lastReplyAt, json);
  }

  private static long millis(JsonParser parser) throws IOException {
    return Instant.parse(parser.getText()).toEpochMilli();
  }
}
