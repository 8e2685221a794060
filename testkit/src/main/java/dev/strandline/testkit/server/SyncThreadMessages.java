package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code chat.syncThreadMessages}: everything since an instant, never paged, hidden rows and whole
 * trashed documents included, stars of everybody, no {@code e2e} field.
 */
final class SyncThreadMessages {

  /** The documents of an answer, before it is written. */
  record Selection(List<byte[]> update, List<byte[]> remove) {}

  static final Schema SCHEMA =
      Schema.requiring("tmid", "updatedSince")
          .filledText("tmid")
          .dateTime("updatedSince")
          .number("count", "offset")
          .text("sort");
  private static final List<String> NEVER_SENT = List.of("joinCode", "members", "importIds", "e2e");

  private SyncThreadMessages() {}

  static Response answer(Call call) {
    Selection selection = select(call);
    return Response.json(
        new Body.Pieces()
            .text("{\"messages\":{\"update\":")
            .array(selection.update())
            .text(",\"remove\":")
            .array(selection.remove())
            .text("},\"success\":true}"));
  }

  static Selection select(Call call) {
    WorkspaceState state = call.state();
    SortOrder sort = SortOrder.parse(call.request().first("sort"));
    if (!state.settings.threadsEnabled()) {
      throw ApiError.refused("error-not-allowed", "Threads Disabled");
    }
    String tmid = tmid(call);
    long since = since(call);
    List<MessageRow> update;
    List<TrashRow> remove = new ArrayList<>();
    synchronized (state) {
      state.expireTrash();
      MessageRow root = state.messages.find(tmid);
      if (root == null) {
        throw ApiError.refused("error-invalid-message", "Invalid Message");
      }
      if (!state.mayRead(root.rid(), call.user().id())) {
        throw ApiError.refused("error-not-allowed", "Not Allowed");
      }
      update = updatedAfter(call, tmid, since);
      for (TrashRow row : state.messageTrash.deletedAfter(root.rid(), since)) {
        if (tmid.equals(row.tmid())) {
          remove.add(row);
        }
      }
    }
    return new Selection(
        documents(update.stream().map(MessageRow::json).toList(), sort),
        documents(remove.stream().map(TrashRow::json).toList(), sort));
  }

  /** Without a sort the order is the collection's own. */
  private static List<MessageRow> updatedAfter(Call call, String tmid, long since) {
    List<MessageRow> rows =
        new ArrayList<>(call.state().messages.thread(tmid).tailSet(MessageRow.endOf(since), false));
    rows.sort((a, b) -> Long.compare(a.position(), b.position()));
    return call.ties().first(rows, row -> 0, Long.MAX_VALUE);
  }

  private static String tmid(Call call) {
    String tmid = call.parameter("tmid");
    if (tmid == null) {
      throw ApiError.refused(
          "error-invalid-params", "The required \"tmid\" query param is missing.");
    }
    return tmid;
  }

  private static long since(Call call) {
    @Nullable String text = call.parameter("updatedSince");
    if (text == null) {
      throw ApiError.refused(
          "error-updatedSince-param-invalid", "The required param \"updatedSince\" is missing.");
    }
    OptionalLong since = JavaScript.parseDate(text);
    return since.orElseThrow(SyncThreadMessages::badDate);
  }

  private static ApiError badDate() {
    return ApiError.refused(
        "error-updatedSince-param-invalid",
        "The \"updatedSince\" query parameter must be a valid date.");
  }

  private static List<byte[]> documents(List<byte[]> rows, SortOrder sort) {
    List<ObjectNode> documents = new ArrayList<>();
    for (byte[] row : rows) {
      ObjectNode document = Json.document(row);
      document.remove(NEVER_SENT);
      documents.add(document);
    }
    documents.sort(sort.documents());
    return documents.stream().map(Json::bytes).toList();
  }
}
