package dev.strandline.cli;

import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.Failure;
import dev.strandline.ScopeReport;
import dev.strandline.SyncReport;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.Table;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a run did, as a table and as JSON. */
final class SyncReports {
  private SyncReports() {}

  static Table table(SyncReport report, Labels labels) {
    Table table =
        Table.of(
            text("SCOPE"),
            words("OUTCOME"),
            numbers("REQUESTS"),
            numbers("ADDED/CHANGED"),
            numbers("REMOVED"),
            numbers("UNCHANGED"),
            numbers("QUARANTINED"));
    for (ScopeReport scope : report.scopes()) {
      table.row(
          labels.of(scope.scope()),
          scope.outcome().word(),
          Moments.number(scope.requests()),
          Moments.number(scope.upserts()),
          Moments.number(scope.tombstones()),
          Moments.number(scope.unchanged()),
          Moments.number(scope.quarantined()));
    }
    table.row(
        "in all",
        report.outcome().word(),
        Moments.number(report.requests()),
        sum(report, ScopeReport::upserts),
        sum(report, ScopeReport::tombstones),
        sum(report, ScopeReport::unchanged),
        sum(report, ScopeReport::quarantined));
    return table;
  }

  private static String sum(SyncReport report, ToLongFunction<ScopeReport> number) {
    return Moments.number(report.scopes().stream().mapToLong(number).sum());
  }

  static JsonObject json(SyncReport report) {
    List<JsonObject> scopes = report.scopes().stream().map(SyncReports::json).toList();
    JsonObject routes = new JsonObject();
    report.routes().forEach(routes::put);
    JsonObject routeBytes = new JsonObject();
    report.routeBytes().forEach(routeBytes::put);
    return new JsonObject()
        .put("outcome", report.outcome().word())
        .put("requests", report.requests())
        .put("scopes", scopes)
        .put("routes", routes)
        .put("bytes", report.bytes())
        .put("routeBytes", routeBytes)
        .put("unreadableRooms", report.unreadable())
        .put("stoppedBy", json(report.stoppedBy()));
  }

  private static JsonObject json(ScopeReport scope) {
    return new JsonObject()
        .put("scope", scope.scope().toString())
        .put("outcome", scope.outcome().word())
        .put("requests", scope.requests())
        .put("upserts", scope.upserts())
        .put("tombstones", scope.tombstones())
        .put("unchanged", scope.unchanged())
        .put("quarantined", scope.quarantined())
        .put("error", json(scope.failure()));
  }

  static @Nullable JsonObject json(@Nullable Failure failure) {
    if (failure == null) {
      return null;
    }
    Long retryAfter = failure.retryAfter() == null ? null : failure.retryAfter().toMillis();
    return new JsonObject()
        .put("kind", failure.kind())
        .put("message", failure.message())
        .putNumber("retryAfterMs", retryAfter);
  }
}
