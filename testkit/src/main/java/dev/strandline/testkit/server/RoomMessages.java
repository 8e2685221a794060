package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code channels.*}, {@code groups.*} and {@code im.*}: the listing of a room's messages in any
 * order with a total, and its history by the time of sending.
 */
final class RoomMessages {
  /** What the parameters of {@code chat.getMessage} must look like, from 7 on. */
  static final Schema SINGLE = Schema.requiring("msgId").filledText("msgId");

  private static final int HISTORY_COUNT = 20;

  private final FakeRoomType type;

  RoomMessages(FakeRoomType type) {
    this.type = type;
  }

  /**
   * The routes of a kind of room.
   *
   * @throws ApiError where there are none
   */
  static RoomMessages of(dev.strandline.model.RoomType type) {
    return switch (type) {
      case CHANNEL -> new RoomMessages(FakeRoomType.CHANNEL);
      case PRIVATE -> new RoomMessages(FakeRoomType.GROUP);
      case DIRECT -> new RoomMessages(FakeRoomType.DIRECT);
      case LIVECHAT, OTHER -> throw ApiError.plain("there is no such route");
    };
  }

  /** What the parameters of {@code *.messages} must look like; null where nothing is checked. */
  @Nullable Schema schema(ServerForm form) {
    if (type == FakeRoomType.GROUP && !form.isTyped()) {
      return null;
    }
    Schema schema = Schema.requiring("roomId").number("offset", "count").text("sort");
    return switch (type) {
      case CHANNEL -> schema;
      case GROUP -> schema.insteadOf("roomName");
      case DIRECT -> schema.insteadOf("username");
    };
  }

  /**
   * {@code *.messages}: hidden rows are listed and counted, except in direct conversations from 8
   * on.
   */
  Response list(Call call) {
    Listed listed = select(call);
    Paging paging = Paging.of(call);
    return messages(call, listed.rows(), paging.tail(listed.rows().size(), listed.total()));
  }

  /** Some rows of a listing, and how many it has. */
  record Listed(List<MessageRow> rows, int total) {}

  /** What {@link #list} answers, before it is written down. */
  Listed select(Call call) {
    WorkspaceState state = call.state();
    synchronized (state) {
      RoomIndex room = state.messages.room(room(call));
      SortOrder order = order(call);
      Paging paging = Paging.of(call);
      boolean hidden = type != FakeRoomType.DIRECT || !call.form().isTyped();
      List<MessageRow> rows =
          room.listing(order.fields() + "" + hidden, order.rows(), row -> hidden || !row.hidden());
      List<MessageRow> page = List.copyOf(paging.slice(order.shuffled(rows, call.ties())));
      return new Listed(page, rows.size());
    }
  }

  /** Newest first unless asked; before 7 direct conversations know no order but by {@code ts}. */
  private SortOrder order(Call call) {
    SortOrder sort = SortOrder.parse(call.request().first("sort"));
    if (type == FakeRoomType.DIRECT && call.form() == ServerForm.V6) {
      return SortOrder.by("ts", sort.fields().getOrDefault("ts", -1));
    }
    return sort.fields().isEmpty() ? SortOrder.by("ts", -1) : sort;
  }

  /**
   * {@code *.history}: visible messages by {@code ts}, newest first; replies only if asked for,
   * from 7 on.
   */
  Response history(Call call) {
    WorkspaceState state = call.state();
    long latest = date(call, "latest", state.clock.millis());
    long oldest = date(call, "oldest", MessageRow.NO_DATE + 1);
    boolean inclusive = call.flag("inclusive");
    boolean replies = call.flag("showThreadMessages") || call.form() == ServerForm.V6;
    long count = Math.max(1, Math.min(100, call.number("count", HISTORY_COUNT)));
    long skip = Math.max(0, call.number("offset", 0));
    List<MessageRow> rows = new ArrayList<>();
    synchronized (state) {
      for (MessageRow row : between(state.messages.room(room(call)), oldest, latest, inclusive)) {
        if (!row.hidden() && (replies || inTimeline(row)) && skip-- <= 0) {
          rows.add(row);
          if (rows.size() == count) {
            break;
          }
        }
      }
    }
    return messages(call, rows, ",\"success\":true}");
  }

  private static Collection<MessageRow> between(
      RoomIndex room, long oldest, long latest, boolean inclusive) {
    MessageRow from = inclusive ? MessageRow.startOf(oldest) : MessageRow.endOf(oldest);
    MessageRow to = inclusive ? MessageRow.endOf(latest) : MessageRow.startOf(latest);
    return MessageRow.BY_TIME.compare(from, to) >= 0
        ? List.of()
        : room.byTime().subSet(from, true, to, true).descendingSet();
  }

  private static boolean inTimeline(MessageRow row) {
    return row.tmid() == null || row.document().path("tshow").asBoolean(false);
  }

  private static long date(Call call, String parameter, long otherwise) {
    String text = call.parameter(parameter);
    if (text == null) {
      return otherwise;
    }
    OptionalLong date = JavaScript.parseDate(text);
    return date.orElseThrow(() -> ApiError.plain("Match error: Expected date"));
  }

  /** The id of the room that the call names, which must be of this kind and readable. */
  private String room(Call call) {
    String what =
        switch (type) {
          case CHANNEL -> "channel";
          case GROUP -> "group";
          case DIRECT -> "direct message";
        };
    String rid = call.parameter("roomId");
    if (rid == null) {
      throw ApiError.refused(
          "error-roomid-param-not-provided",
          "The parameter \"roomId\" or \"roomName\" is required");
    }
    ObjectNode room = call.state().rooms.get(rid);
    if (room == null && type == FakeRoomType.DIRECT) {
      throw ApiError.noSuchRoom();
    }
    boolean known = room != null && type.code().equals(Json.text(room, "t"));
    if (!known || !call.state().mayRead(rid, call.user().id())) {
      throw ApiError.refused(
          "error-room-not-found",
          "The required \"roomId\" or \"roomName\" param provided does not match any " + what);
    }
    return rid;
  }

  private static Response messages(Call call, List<MessageRow> rows, String tail) {
    String caller = call.user().id();
    return Response.json(
        new Body.Pieces()
            .text("{\"messages\":")
            .array(rows.stream().map(row -> row.jsonFor(caller)).toList())
            .text(tail));
  }

  /** {@code chat.getMessage}: one message by id; says nothing about why there is none. */
  static Response single(Call call) {
    String id = call.parameter("msgId");
    if (id == null) {
      // Only before 7.1 a call without it comes as far.
      throw ApiError.plain("The \"msgId\" query parameter must be provided.");
    }
    WorkspaceState state = call.state();
    MessageRow row;
    synchronized (state) {
      row = state.messages.find(id);
      if (row == null) {
        throw ApiError.silent();
      }
      if (!state.mayRead(row.rid(), call.user().id())) {
        throw ApiError.refused("error-not-allowed", "Not allowed", "getSingleMessage");
      }
    }
    byte[] json = row.jsonFor(call.user().id());
    return Response.json(
        new Body.Pieces().text("{\"message\":").piece(json).text(",\"success\":true}"));
  }
}
