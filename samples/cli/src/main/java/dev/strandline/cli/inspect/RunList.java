package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the last run over each room and thread ended, the latest first. */
final class RunList {
  private static final int PAGE = 100;

  /** One sort of a small table: it has a row for each room and each thread that is followed. */
  private static final String SELECT =
      """
      SELECT u.*, r.name,
          iif(u.scope LIKE 'thread:%', substr(u.scope, 8), NULL) AS thread_id
        FROM scope_runs u LEFT JOIN rooms r
          ON u.scope LIKE 'room:%' AND r.room_id = substr(u.scope, 6)
        WHERE (u.outcome <> 'complete' OR NOT ?)
          AND (u.finished_at, u.scope) < (?, ?)
        ORDER BY u.finished_at DESC, u.scope DESC LIMIT ?
      """;

  private final Sql sql;

  RunList(Sql sql) {
    this.sql = sql;
  }

  /**
   * @param failedOnly whether to leave out those that were complete
   * @param after with {@code afterAt} the scope behind which to go on; null for the first page
   */
  JsonObject page(boolean failedOnly, @Nullable String after, @Nullable Long afterAt)
      throws SQLException {
    List<String> scopes = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<JsonObject> found =
        sql.list(
            SELECT,
            row -> {
              scopes.add(row.getString("scope"));
              times.add(row.getLong("finished_at"));
              return json(row);
            },
            failedOnly ? 1 : 0,
            afterAt == null ? Long.MAX_VALUE : afterAt,
            after == null ? "" : after,
            PAGE + 1);
    boolean more = found.size() > PAGE;
    return new JsonObject()
        .put("runs", more ? found.subList(0, PAGE) : found)
        .put(
            "next",
            more
                ? new JsonObject()
                    .put("after", scopes.get(PAGE - 1))
                    .put("afterAt", times.get(PAGE - 1))
                : null);
  }

  private static JsonObject json(ResultSet row) throws SQLException {
    String scope = row.getString("scope");
    String kind = row.getString("error_kind");
    return new JsonObject()
        .put("room", scope.startsWith("room:") ? scope.substring("room:".length()) : null)
        .put("thread", row.getString("thread_id"))
        .put("name", row.getString("name"))
        .put("finishedAt", row.getLong("finished_at"))
        .put("outcome", row.getString("outcome"))
        .put("requests", row.getLong("requests"))
        .put(
            "error",
            kind == null
                ? null
                : new JsonObject().put("kind", kind).put("message", row.getString("error_message")))
        .putNumber("lastCompleteAt", Sql.number(row, "last_complete_at"));
  }
}
