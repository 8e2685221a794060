package dev.strandline.cli.inspect;

import dev.strandline.LocalCopy;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.StoreReader;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the page can ask: each question is one reading of the store in one snapshot. Lists come a
 * page at a time, and a page costs the same wherever in the list it is.
 */
final class Api {
  private final SqliteStore store;
  private final FileView file;
  private final InstantSource clock;

  private final Map<String, Reading> readings =
      Map.ofEntries(
          Map.entry("store", (in, p) -> file().overview(in.reader(), in.sql())),
          Map.entry("totals", (in, p) -> file().totals(in.sql())),
          Map.entry("rooms", (in, p) -> new RoomList(in.reader(), in.sql()).page(choice(p))),
          Map.entry("room", (in, p) -> new RoomList(in.reader(), in.sql()).room(room(p).value())),
          Map.entry("room/about", (in, p) -> new RoomDetail(in.reader()).about(room(p))),
          Map.entry("room/counts", (in, p) -> new RoomDetail(in.reader()).counts(room(p))),
          Map.entry("room/messages", (in, p) -> messages(in).ofRoom(room(p), where(p))),
          Map.entry(
              "room/threads",
              (in, p) ->
                  new ThreadPages(in.reader(), in.sql())
                      .page(room(p), p.text("after"), p.number("afterAt"))),
          Map.entry(
              "room/deleted", (in, p) -> new Tombstones(in.sql()).page(room(p), p.place("before"))),
          Map.entry("thread", this::thread),
          Map.entry("thread/messages", (in, p) -> messages(in).ofThread(message(p), where(p))),
          Map.entry("message", (in, p) -> new Finder(in.reader(), in.sql()).message(message(p))),
          Map.entry("runs", (in, p) -> journal(in).runs(p.number("before"))),
          Map.entry("run", (in, p) -> journal(in).run(run(p), p.number("after"))),
          Map.entry("run/pages", (in, p) -> journal(in).pages(run(p), p.number("after"))),
          Map.entry(
              "scopes",
              (in, p) ->
                  new RunList(in.sql())
                      .page(p.text("failed") != null, p.text("after"), p.number("afterAt"))),
          Map.entry(
              "quarantine",
              (in, p) ->
                  new QuarantineList(in.sql())
                      .page(p.room("room"), p.number("after"), p.number("afterAt"))),
          Map.entry(
              "quarantine/entry",
              (in, p) ->
                  new QuarantineList(in.sql()).entry(Parameters.required("key", p.number("key")))),
          Map.entry(
              "search",
              (in, p) ->
                  new SearchView(in.reader())
                      .page(
                          Parameters.required("text", p.text("text")),
                          p.room("room"),
                          p.place("before"))),
          Map.entry(
              "find",
              (in, p) ->
                  new Finder(in.reader(), in.sql())
                      .find(Parameters.required("text", p.text("text")))));

  Api(SqliteStore store, Path file, InstantSource clock) {
    this.store = store;
    this.file = new FileView(file);
    this.clock = clock;
  }

  /** One snapshot. */
  private record In(StoreReader reader, Sql sql) {}

  private interface Reading {
    JsonObject of(In in, Parameters parameters) throws SQLException;
  }

  /**
   * Answers one question.
   *
   * @param name the path behind {@code /api/}
   */
  Answer answer(String name, Parameters parameters) {
    if (name.equals("change")) {
      parameters.checkAllRead();
      return Answer.json(stamped(new JsonObject(), store.changeCounter()));
    }
    Reading reading = readings.get(name);
    if (reading == null) {
      throw Refusal.notFound("There is nothing at /api/" + name + ".");
    }
    // Asked for before the reading: a commit between the two is then noticed as a change.
    long change = store.changeCounter();
    JsonObject json =
        store.query(
            (reader, connection) -> {
              JsonObject read = reading.of(new In(reader, new Sql(connection)), parameters);
              parameters.checkAllRead();
              return read;
            });
    return Answer.json(stamped(json, change));
  }

  /** Every answer says when it was given, by this device's clock, and of which state it is. */
  private JsonObject stamped(JsonObject json, long change) {
    return json.put("now", clock.millis()).put("change", change);
  }

  private FileView file() {
    return file;
  }

  private JsonObject thread(In in, Parameters parameters) throws SQLException {
    MessageId root = message(parameters);
    JsonObject json = new ThreadPages(in.reader(), in.sql()).about(root);
    return json.put(
        "coverage", Words.coverage(LocalCopy.of(store).replies(root, null, 1).coverage()));
  }

  private static MessagePages messages(In in) {
    return new MessagePages(in.reader(), in.sql());
  }

  private static JournalView journal(In in) {
    return new JournalView(in.reader(), in.sql());
  }

  private static long run(Parameters parameters) {
    return Parameters.required("id", parameters.number("id"));
  }

  private static RoomList.Choice choice(Parameters parameters) {
    return RoomList.Choice.of(parameters);
  }

  private static MessagePages.Where where(Parameters parameters) {
    return MessagePages.Where.of(parameters);
  }

  private static RoomId room(Parameters parameters) {
    return Parameters.required("id", parameters.room("id"));
  }

  private static MessageId message(Parameters parameters) {
    return Parameters.required("id", parameters.message("id"));
  }
}
