package dev.strandline.cli;

import static dev.strandline.cli.ExplanationJson.word;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.journal.Answer;
import dev.strandline.journal.Ending;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Positions;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the journal holds, as JSON. */
final class JournalJson {
  private JournalJson() {}

  static JsonObject of(RunEntry run) {
    return new JsonObject()
        .put("run", run.number())
        .put("kind", word(run.kind()))
        .put("asked", run.asked())
        .put("startedAt", run.startedAt().toString())
        .put("finishedAt", iso(run.finishedAt()))
        .put("ending", ending(run.ending()))
        .put("requests", run.requests())
        .put("counts", counts(run.counts()))
        .put("error", run.errorKind());
  }

  static JsonObject of(PassEntry pass) {
    return new JsonObject()
        .put("pass", pass.number())
        .put("run", pass.run())
        .put("scope", pass.scope().toString())
        .put("startedAt", pass.startedAt().toString())
        .put("finishedAt", iso(pass.finishedAt()))
        .put("ending", ending(pass.ending()))
        .put("requests", pass.requests())
        .put("counts", counts(pass.counts()))
        .put("error", pass.errorKind());
  }

  static JsonObject of(PageEntry page, @Nullable Scope scope) {
    return new JsonObject()
        .put("page", page.number())
        .put("run", page.run())
        .put("scope", scope == null ? null : scope.toString())
        .put("purpose", word(page.purpose()))
        .put("question", question(page.question()))
        .put("attempt", page.attempt())
        .put("requests", page.requests())
        .put("startedAt", page.startedAt().toString())
        .put("tookMs", page.took().toMillis())
        .put("answer", answer(page.answer()))
        .put("counts", counts(page.counts()))
        .put("before", positions(page.before()))
        .put("after", positions(page.after()))
        .put("state", word(page.state()))
        .put("error", page.errorKind());
  }

  static @Nullable JsonObject question(@Nullable Question question) {
    return question == null
        ? null
        : new JsonObject()
            .put("what", word(question.what()))
            .put("route", question.route())
            .put("after", iso(question.after()))
            .put("before", iso(question.before()))
            .put("count", question.count());
  }

  private static @Nullable JsonObject answer(@Nullable Answer answer) {
    return answer == null
        ? null
        : new JsonObject()
            .put("entries", answer.entries())
            .putNumber("bytes", answer.bytes())
            .put("date", iso(answer.date()))
            .put("continuation", iso(answer.continuation()));
  }

  private static JsonObject counts(PageCounts counts) {
    return new JsonObject()
        .put("added", counts.added())
        .put("changed", counts.changed())
        .put("removed", counts.removed())
        .put("letGo", counts.letGo())
        .put("tombstones", counts.tombstones())
        .put("unchanged", counts.unchanged())
        .put("buried", counts.buried())
        .put("poorer", counts.poorer())
        .put("quarantined", counts.quarantined());
  }

  private static @Nullable JsonObject positions(@Nullable Positions positions) {
    return positions == null
        ? null
        : new JsonObject()
            .put("updated", iso(positions.updated()))
            .put("deleted", iso(positions.deleted()))
            .put("history", iso(positions.history()))
            .put("toBeginning", positions.toBeginning())
            .put("asOf", iso(positions.asOf()))
            .put("stale", positions.stale());
  }

  private static @Nullable String ending(@Nullable Ending ending) {
    return ending == null ? null : ending.word();
  }

  private static @Nullable String iso(@Nullable ServerTime time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable String iso(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
