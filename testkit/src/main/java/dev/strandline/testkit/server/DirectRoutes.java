package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.FeedQuery.ThreadSince;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes that a client syncs with, asked as the engine asks and answered by the fake server's
 * own logic, without anything being written as HTTP or as an answer's JSON in between.
 *
 * <p>For simulations of very many histories: a row that was handed over before is not parsed again.
 * Login, rate limits and the {@code Date} header are left out; whoever asks adds them. Not safe for
 * several threads.
 */
public final class DirectRoutes {

  /** One entry of an answer, as a transport would hand it on. */
  @FunctionalInterface
  public interface Entry {
    /** Hands it on. */
    void give(ChangeSink sink);
  }

  /**
   * An answer of a feed.
   *
   * @param updated the list of what is there
   * @param deleted the list of what is gone
   * @param continuation see {@link dev.strandline.spi.FeedAnswer#continuation()}
   */
  public record Rows(List<Entry> updated, List<Entry> deleted, @Nullable ServerTime continuation) {}

  private static final String ADDRESS = "127.0.0.1";

  private final FakeWorkspace workspace;
  private final FakeUser caller;
  private final ServerForm form;
  private final TieOrder tieOrder;
  private final IdentityHashMap<byte[], DocumentEntry> entries = new IdentityHashMap<>();
  private long calls;

  /**
   * @param caller who asks
   * @param form which generation of server answers
   * @param tieOrder what comes first among equal stamps
   */
  public DirectRoutes(
      FakeWorkspace workspace, FakeUser caller, ServerForm form, TieOrder tieOrder) {
    this.workspace = workspace;
    this.caller = caller;
    this.form = form;
    this.tieOrder = tieOrder;
  }

  /**
   * Answers a question about a room's or a thread's changes.
   *
   * @throws RoomUnavailableException where the caller may not read the room
   * @throws ThreadUnavailableException where the thread is refused
   * @throws CursorUnsupportedException where the server has no cursors
   */
  public Rows rows(FeedQuery query) {
    try {
      return query instanceof ThreadSince thread ? thread(thread) : room(query);
    } catch (ApiError e) {
      throw refused(query, e);
    }
  }

  private Rows room(FeedQuery query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query instanceof Since since) {
      parameters.put("roomId", since.room().value());
      parameters.put("lastUpdate", since.since().toString());
    } else if (query instanceof Forward forward) {
      parameters.put("roomId", forward.room().value());
      parameters.put("type", forward.feed() == Feed.UPDATED ? "UPDATED" : "DELETED");
      parameters.put("next", Long.toString(forward.after().epochMilli()));
      parameters.put("count", Integer.toString(forward.count()));
    } else if (query instanceof Backward backward) {
      parameters.put("roomId", backward.room().value());
      parameters.put("type", "UPDATED");
      parameters.put("previous", Long.toString(backward.before().epochMilli()));
      parameters.put("count", Integer.toString(backward.count()));
    }
    Call call = call("chat.syncMessages", parameters);
    SyncMessages.Selection selection =
        form.checksSchemas() ? SyncMessages.select(call) : SyncMessagesBefore71.select(call);
    Cursor cursor = selection.cursor();
    String onwards =
        cursor == null ? null : query instanceof Backward ? cursor.previous() : cursor.next();
    return new Rows(
        listed(selection.updated(), row -> live(row.jsonFor(caller.id()))),
        listed(selection.deleted(), DirectRoutes::gone),
        onwards == null ? null : ServerTime.ofEpochMilli(Long.parseLong(onwards)));
  }

  private Rows thread(ThreadSince query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("tmid", query.root().value());
    parameters.put("updatedSince", query.since().toString());
    SyncThreadMessages.Selection selection =
        SyncThreadMessages.select(call("chat.syncThreadMessages", parameters));
    return new Rows(
        listed(selection.update(), DocumentEntry::of),
        listed(selection.remove(), DirectRoutes::removed),
        null);
  }

  private static <T> List<Entry> listed(List<T> rows, Function<T, Entry> entry) {
    List<Entry> listed = new ArrayList<>(rows.size());
    for (T row : rows) {
      listed.add(entry.apply(row));
    }
    return listed;
  }

  private DocumentEntry live(byte[] json) {
    return entries.computeIfAbsent(json, DocumentEntry::of);
  }

  private static Entry gone(TrashRow row) {
    if (row.shown() != null) {
      return asGiven(Json.document(row.tombstone()));
    }
    Tombstone tombstone =
        Tombstone.deleted(new MessageId(row.id()), ServerTime.ofEpochMilli(row.deletedAt()));
    return sink -> sink.tombstone(tombstone);
  }

  /** An entry of what is gone that may lack an id or a time. */
  private static Entry asGiven(ObjectNode entry) {
    String text = Json.text(entry, "_id");
    MessageId id = text == null ? null : new MessageId(text);
    ServerTime deletedAt = DocumentEntry.time(entry, "_deletedAt");
    if (id == null || deletedAt == null) {
      Unreadable unreadable =
          new Unreadable(
              id,
              entry.toString(),
              "it has no id or no time",
              DocumentEntry.time(entry, "_updatedAt"));
      return sink -> sink.unreadableDeletion(unreadable);
    }
    Tombstone tombstone = Tombstone.deleted(id, deletedAt);
    return sink -> sink.tombstone(tombstone);
  }

  private static Entry removed(byte[] json) {
    ObjectNode document = Json.document(json);
    Tombstone tombstone =
        Tombstone.deleted(
            new MessageId(document.path("_id").asText()),
            ServerTime.ofEpochMilli(Json.millis(document, "_deletedAt")));
    return sink -> sink.tombstone(tombstone);
  }

  private RuntimeException refused(FeedQuery query, ApiError refusal) {
    String code = refusal.errorType();
    if (query instanceof ThreadSince thread) {
      if (code.equals("error-invalid-message")) {
        return new ThreadUnavailableException(thread.root(), Reason.ROOT_GONE);
      }
      if (code.equals("error-not-allowed")) {
        boolean off = refusal.text().startsWith("Threads Disabled");
        return new ThreadUnavailableException(
            thread.root(), off ? Reason.THREADS_OFF : Reason.NOT_ALLOWED);
      }
    } else if (code.equals("error-not-allowed")) {
      return new RoomUnavailableException(room(query.scope()));
    } else if (code.startsWith("error-lastUpdate-param") && !(query instanceof Since)) {
      return new CursorUnsupportedException("the server has no cursors");
    }
    return new ServerErrorException(refusal.text(), refusal.status(), code);
  }

  private static RoomId room(dev.strandline.model.Scope scope) {
    return ((dev.strandline.model.Scope.OfRoom) scope).room();
  }

  // --- the directory ---------------------------------------------------------------------------

  /**
   * The caller's subscriptions.
   *
   * @param since only what changed later; null for all
   * @param askedAt put into the answer
   */
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, @Nullable ServerTime askedAt) {
    Call call = call("subscriptions.get", since(since));
    return directory(RoomLists.subscriptions(call).json(), "rid", askedAt);
  }

  /** The caller's rooms; see {@link #subscriptions}. */
  public DirectoryAnswer rooms(@Nullable ServerTime since, @Nullable ServerTime askedAt) {
    return directory(RoomLists.rooms(call("rooms.get", since(since))).json(), "_id", askedAt);
  }

  private static Map<String, String> since(@Nullable ServerTime since) {
    return since == null ? Map.of() : Map.of("updatedSince", since.toString());
  }

  private static DirectoryAnswer directory(
      JsonNode answer, String roomField, @Nullable ServerTime askedAt) {
    List<DirectoryEntry> update = new ArrayList<>();
    for (JsonNode document : answer.path("update")) {
      update.add(
          new DirectoryEntry(
              document.path("_id").asText(),
              new RoomId(document.path(roomField).asText()),
              Json.text(document, "name"),
              RoomType.ofCode(document.path("t").asText()),
              DocumentEntry.time(document, "_updatedAt"),
              DocumentEntry.time(document, "lm"),
              document.path("unread").asInt(0),
              document.toString()));
    }
    List<Removal> remove = new ArrayList<>();
    for (JsonNode removal : answer.path("remove")) {
      remove.add(
          new Removal(removal.path("_id").asText(), DocumentEntry.time(removal, "_deletedAt")));
    }
    return new DirectoryAnswer(askedAt, update, remove, List.of());
  }

  // --- the rest --------------------------------------------------------------------------------

  /**
   * One message, empty where there is none.
   *
   * @throws ServerErrorException where the caller may not read its room
   * @throws MalformedResponseException where it cannot be understood
   */
  public Optional<Message> message(MessageId id) {
    MessageRow row;
    synchronized (workspace.state()) {
      row = workspace.state().messages.find(id.value());
      if (row == null) {
        return Optional.empty();
      }
      if (!workspace.state().mayRead(row.rid(), caller.id())) {
        throw new ServerErrorException("Not allowed", 400, "error-not-allowed");
      }
    }
    DocumentEntry entry = live(row.jsonFor(caller.id()));
    Unreadable odd = entry.odd();
    if (odd != null) {
      throw new MalformedResponseException("chat.getMessage", "/message", odd.reason(), null);
    }
    return Optional.ofNullable(entry.message());
  }

  /**
   * Some rows of a room's listing; empty where the server refuses the question.
   *
   * @throws MalformedResponseException where a row cannot be understood
   */
  public Optional<ListingAnswer> listing(ListingQuery query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("roomId", query.room().value());
    parameters.put(
        "sort",
        switch (query.order()) {
          case NEWEST_CHANGE_FIRST -> "{\"_hidden\":-1,\"_updatedAt\":-1,\"_id\":1}";
          case OLDEST_FIRST -> "{\"_hidden\":-1,\"ts\":1,\"_id\":1}";
        });
    parameters.put("offset", Long.toString(query.offset()));
    parameters.put("count", Integer.toString(query.count()));
    try {
      RoomMessages.Listed listed =
          RoomMessages.of(query.type()).select(call("messages", parameters));
      return Optional.of(
          new ListingAnswer(
              listed.rows().stream().map(DirectRoutes::listed).toList(), listed.total()));
    } catch (ApiError e) {
      return Optional.empty();
    }
  }

  private static ListingAnswer.Row listed(MessageRow row) {
    JsonNode document = row.document();
    ServerTime sentAt = DocumentEntry.time(document, "ts");
    ServerTime updatedAt = DocumentEntry.time(document, "_updatedAt");
    if (sentAt == null || updatedAt == null) {
      throw new MalformedResponseException("a listing", "/messages", "a date is missing", null);
    }
    return new ListingAnswer.Row(new MessageId(row.id()), sentAt, updatedAt, row.hidden());
  }

  /** What the workspace says of itself; see {@link ServerFacts}. */
  public ServerFacts facts(@Nullable ServerTime askedAt, boolean confirmed) {
    WorkspaceSettings settings = workspace.settings();
    JsonNode id = settings.all().get("uniqueID");
    return new ServerFacts(
        askedAt,
        confirmed,
        id == null ? null : id.asText(),
        settings.keepsHistory(),
        settings.showsDeletedStatus(),
        settings.threadsEnabled());
  }

  /**
   * The messages of a room that a client should have in the end, by id: those that are neither
   * hidden nor beyond understanding, as the caller sees them. The room need not be readable.
   */
  public Map<String, Message> shown(String rid) {
    Map<String, Message> shown = new LinkedHashMap<>();
    synchronized (workspace.state()) {
      for (MessageRow row : workspace.state().messages.room(rid).byTime()) {
        Message message = row.hidden() ? null : live(row.jsonFor(caller.id())).message();
        if (message != null) {
          shown.put(row.id(), message);
        }
      }
    }
    return shown;
  }

  /** The documents of a room that are not hidden and that no client understands, by id. */
  public Map<String, String> odd(String rid) {
    Map<String, String> odd = new LinkedHashMap<>();
    synchronized (workspace.state()) {
      for (MessageRow row : workspace.state().messages.room(rid).byTime()) {
        DocumentEntry entry = live(row.jsonFor(caller.id()));
        if (!row.hidden() && entry.message() == null) {
          odd.put(row.id(), entry.json());
        }
      }
    }
    return odd;
  }

  /** When the server listed a message as deleted; null where it remembers nothing of that. */
  public @Nullable ServerTime deletedAt(String id) {
    synchronized (workspace.state()) {
      workspace.state().expireTrash();
      TrashRow row = workspace.state().messageTrash.find(id);
      return row == null ? null : ServerTime.ofEpochMilli(row.deletedAt());
    }
  }

  private Call call(String route, Map<String, String> parameters) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    parameters.forEach((name, value) -> query.put(name, List.of(value)));
    Request request = new Request("GET", "/api/v1/" + route, query, Map.of(), ADDRESS);
    long seed = workspace.state().seed * 31 + ++calls;
    return new Call(request, caller, workspace, form, new TieBreak(tieOrder, seed));
  }
}
