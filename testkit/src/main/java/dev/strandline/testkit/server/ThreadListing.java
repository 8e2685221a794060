package dev.strandline.testkit.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code chat.getThreadMessages}: a thread's replies without their root, oldest first unless asked
 * otherwise; hidden ones before 8 only.
 */
final class ThreadListing {
  private static final String AROUND = "aroundId";

  private ThreadListing() {}

  static Schema schema(ServerForm form) {
    Schema schema =
        Schema.requiring("tmid").filledText("tmid").number("offset", "count").text("sort");
    return form == ServerForm.V8_8 ? schema.text(AROUND) : schema;
  }

  static Response answer(Call call) {
    WorkspaceState state = call.state();
    SortOrder sort = SortOrder.parse(call.request().first("sort"));
    SortOrder order = sort.fields().isEmpty() ? SortOrder.by("ts", 1) : sort;
    if (!state.settings.threadsEnabled()) {
      throw ApiError.refused("error-not-allowed", "Threads Disabled");
    }
    String tmid = call.parameter("tmid");
    if (tmid == null) {
      throw ApiError.refused(
          "error-invalid-params", "The required \"tmid\" query param is missing.");
    }
    List<MessageRow> replies = new ArrayList<>();
    synchronized (state) {
      MessageRow root = state.messages.find(tmid);
      if (root == null) {
        throw ApiError.refused("error-invalid-message", "Invalid Message");
      }
      if (!state.mayRead(root.rid(), call.user().id())) {
        throw ApiError.refused("error-not-allowed", "Not Allowed");
      }
      for (MessageRow row : state.messages.thread(tmid)) {
        if (!row.hidden() || !call.form().isTyped()) {
          replies.add(row);
        }
      }
    }
    replies.sort(order.rows().thenComparingLong(MessageRow::position));
    List<MessageRow> ordered = order.shuffled(replies, call.ties());
    Paging paging = around(call, ordered, Paging.of(call));
    List<MessageRow> page = paging.slice(ordered);
    return Response.json(
        new Body.Pieces()
            .text("{\"messages\":")
            .array(page.stream().map(row -> row.jsonFor(call.user().id())).toList())
            .text(paging.tail(page.size(), ordered.size())));
  }

  /** The page with the reply that is asked for in its middle, where one is asked for (8.8). */
  private static Paging around(Call call, List<MessageRow> replies, Paging asked) {
    @Nullable String id = call.form() == ServerForm.V8_8 ? call.parameter(AROUND) : null;
    for (int i = 0; id != null && i < replies.size(); i++) {
      if (id.equals(replies.get(i).id())) {
        return new Paging(Math.max(0, i - asked.count() / 2), asked.count());
      }
    }
    return asked;
  }
}
