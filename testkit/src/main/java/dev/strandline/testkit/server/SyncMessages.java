package dev.strandline.testkit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code chat.syncMessages} from 7.1 on: by {@code lastUpdate}, or page by page with a cursor. */
final class SyncMessages {

  /**
   * What an answer consists of, before it is written.
   *
   * @param cursor null in an answer that has none
   */
  record Selection(List<MessageRow> updated, List<TrashRow> deleted, @Nullable Cursor cursor) {}

  private static final String FROM_TS = "fromTs";
  private static final String METHOD = "messages/get";
  private static final long DEFAULT_COUNT = 20;
  private static final long MOST = Integer.MAX_VALUE;

  private SyncMessages() {}

  static Schema schema(ServerForm form) {
    Schema schema =
        Schema.requiring("roomId")
            .text("lastUpdate")
            .number("count")
            .text("next", "previous")
            .choice("type", "UPDATED", "DELETED");
    return form == ServerForm.V8_8 ? schema.dateTime(FROM_TS) : schema;
  }

  static Response answer(Call call) {
    return written(call, select(call));
  }

  static Selection select(Call call) {
    String rid = call.parameter("roomId");
    String lastUpdate = call.parameter("lastUpdate");
    String type = call.parameter("type");
    String next = call.parameter("next");
    String previous = call.parameter("previous");
    if (rid == null) {
      throw ApiError.refused(
          "error-param-required", "The required \"roomId\" query param is missing");
    }
    if (lastUpdate == null && type == null) {
      throw ApiError.refused(
          "error-param-required", "The \"type\" or \"lastUpdate\" parameters must be provided");
    }
    OptionalLong since =
        lastUpdate == null ? OptionalLong.empty() : JavaScript.parseDate(lastUpdate);
    if (lastUpdate != null && since.isEmpty()) {
      throw ApiError.refused(
          "error-lastUpdate-param-invalid",
          "The \"lastUpdate\" query parameter must be a valid date");
    }
    requireAccess(call, rid);
    checkCombination(type, next, previous, lastUpdate);
    if (lastUpdate == null && call.form() == ServerForm.V8_8 && call.parameter(FROM_TS) != null) {
      throw ApiError.refused(
          "error-cursor-and-lastUpdate-conflict",
          "The attribute \"fromTs\" can only be used together with \"lastUpdate\"");
    }
    if (since.isPresent()) {
      return sentFrom(call, both(call, rid, since.getAsLong()));
    }
    if (next == null && previous == null) {
      // The type alone falls through to the channel's history, whose answer has neither
      // array in it.
      return new Selection(List.of(), List.of(), null);
    }
    return page(call, rid, "UPDATED".equals(type), next, previous);
  }

  static void requireAccess(Call call, String rid) {
    synchronized (call.state()) {
      if (!call.state().mayRead(rid, call.user().id())) {
        throw ApiError.refused("error-not-allowed", "Not allowed", METHOD);
      }
    }
  }

  private static void checkCombination(
      @Nullable String type,
      @Nullable String next,
      @Nullable String previous,
      @Nullable String lastUpdate) {
    boolean cursor = next != null || previous != null;
    if (cursor && type == null) {
      throw ApiError.refused(
          "error-type-param-required",
          "The \"type\" parameter is required when using the \"next\" or \"previous\" parameters");
    }
    if (next != null && previous != null) {
      throw ApiError.refused(
          "error-cursor-conflict", "You cannot provide both \"next\" and \"previous\" parameters");
    }
    if (cursor && lastUpdate != null) {
      throw ApiError.refused(
          "error-cursor-and-lastUpdate-conflict",
          "The attributes \"next\", \"previous\" and \"lastUpdate\" cannot be used together");
    }
  }

  /**
   * Everything since an instant, both kinds, newest message first; the count means nothing here.
   */
  static Selection both(Call call, String rid, long since) {
    WorkspaceState state = call.state();
    List<MessageRow> updated;
    List<TrashRow> deleted;
    synchronized (state) {
      state.expireTrash();
      updated = visible(state.messages.room(rid).updatedAfter(since));
      deleted = new ArrayList<>(state.messageTrash.deletedAfter(rid, since));
    }
    updated.sort(
        Comparator.comparingLong(MessageRow::ts)
            .reversed()
            .thenComparingLong(MessageRow::position));
    deleted.sort(
        Comparator.comparingLong(TrashRow::ts).reversed().thenComparingLong(TrashRow::position));
    updated = call.ties().first(updated, MessageRow::ts, Long.MAX_VALUE);
    deleted = call.ties().first(deleted, TrashRow::ts, Long.MAX_VALUE);
    return new Selection(updated, deleted, null);
  }

  /**
   * Of the messages those that were sent at {@code fromTs} or later, where it is given (8.8): a
   * change of an older one is then in no answer. Tombstones are not bounded by it.
   */
  private static Selection sentFrom(Call call, Selection all) {
    String text = call.form() == ServerForm.V8_8 ? call.parameter(FROM_TS) : null;
    if (text == null) {
      return all;
    }
    // A leap second passes the schema and is no date; nothing compares with it.
    OptionalLong from = JavaScript.parseDate(text);
    List<MessageRow> sent =
        all.updated().stream()
            .filter(row -> from.isPresent() && row.ts() >= from.getAsLong())
            .toList();
    return new Selection(sent, all.deleted(), null);
  }

  private static Selection page(
      Call call, String rid, boolean updates, @Nullable String next, @Nullable String previous) {
    boolean forwards = next != null;
    long from = cursor(forwards ? next : previous);
    // A bound that no room reaches, so that "one more" stays a number.
    long count = Math.max(-MOST, Math.min(MOST, call.number("count", DEFAULT_COUNT)));
    if (count == 0) {
      count = DEFAULT_COUNT;
    }
    if (updates) {
      List<MessageRow> rows = updatedPage(call, rid, from, forwards, limit(count));
      List<Long> keys = rows.stream().map(MessageRow::updatedAt).toList();
      Cursor cursor = Cursor.of(keys, count, forwards, "_updatedAt");
      return new Selection(dropExtra(rows, count), List.of(), cursor);
    }
    List<TrashRow> rows = deletedPage(call, rid, from, forwards, limit(count));
    List<Long> keys = rows.stream().map(TrashRow::deletedAt).toList();
    Cursor cursor = Cursor.of(keys, count, forwards, "_deletedAt");
    return new Selection(List.of(), dropExtra(rows, count), cursor);
  }

  /**
   * One row more than asked for; and as the database reads it, none is no limit and less than none
   * is its absolute.
   */
  private static long limit(long count) {
    long limit = count + 1;
    return limit == 0 ? Long.MAX_VALUE : Math.abs(limit);
  }

  private static long cursor(@Nullable String text) {
    OptionalLong millis = text == null ? OptionalLong.empty() : JavaScript.parseIntAsDate(text);
    return millis.orElseThrow(() -> ApiError.plain("Invalid Date"));
  }

  private static List<MessageRow> updatedPage(
      Call call, String rid, long from, boolean forwards, long limit) {
    WorkspaceState state = call.state();
    synchronized (state) {
      RoomIndex room = state.messages.room(rid);
      Collection<MessageRow> rows = forwards ? room.updatedAfter(from) : room.updatedBefore(from);
      return call.ties().first(new Visible(rows), MessageRow::updatedAt, limit);
    }
  }

  /**
   * Found by the time of deletion, yet put in the order of the last change: the bug that makes
   * paging lose tombstones.
   */
  private static List<TrashRow> deletedPage(
      Call call, String rid, long from, boolean forwards, long limit) {
    WorkspaceState state = call.state();
    List<TrashRow> rows;
    synchronized (state) {
      state.expireTrash();
      Trash trash = state.messageTrash;
      rows =
          new ArrayList<>(
              forwards ? trash.deletedAfter(rid, from) : trash.deletedBefore(rid, from));
    }
    rows.sort(forwards ? TrashRow.BY_UPDATE : TrashRow.BY_UPDATE.reversed());
    return call.ties().first(rows, TrashRow::updatedAt, limit);
  }

  private static <T> List<T> dropExtra(List<T> rows, long count) {
    return rows.size() > count ? rows.subList(0, rows.size() - 1) : rows;
  }

  static List<MessageRow> visible(Collection<MessageRow> rows) {
    List<MessageRow> visible = new ArrayList<>();
    for (MessageRow row : rows) {
      if (!row.hidden()) {
        visible.add(row);
      }
    }
    return visible;
  }

  private static List<byte[]> messages(Call call, List<MessageRow> rows) {
    String caller = call.user().id();
    return rows.stream().map(row -> row.jsonFor(caller)).toList();
  }

  private static List<byte[]> tombstones(List<TrashRow> rows) {
    return rows.stream().map(TrashRow::tombstone).toList();
  }

  static Response written(Call call, Selection selection) {
    Body.Pieces pieces =
        new Body.Pieces()
            .text("{\"result\":{\"updated\":")
            .array(messages(call, selection.updated()))
            .text(",\"deleted\":")
            .array(tombstones(selection.deleted()));
    if (selection.cursor() != null) {
      pieces.text(",\"cursor\":" + selection.cursor().json());
    }
    return Response.json(pieces.text("},\"success\":true}"));
  }
}
