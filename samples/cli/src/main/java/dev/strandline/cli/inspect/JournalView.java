package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.journal.Ending;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.StoreReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs did, and which of their pages wrote what is stored of one message. */
final class JournalView {
  private static final int RUNS = 50;
  private static final int PASSES = 100;
  private static final int PAGES = 100;

  /** Number by number, since a run over everything has a pass for each room. */
  private static final String PASSES_OF_RUN =
      "SELECT pass FROM journal_passes WHERE run = ? AND pass > ? ORDER BY pass LIMIT ?";

  private final StoreReader reader;
  private final Sql sql;

  JournalView(StoreReader reader, Sql sql) {
    this.reader = reader;
    this.sql = sql;
  }

  /** Runs, newest first. */
  JsonObject runs(@Nullable Long before) {
    List<RunEntry> found = reader.runs(before == null ? Long.MAX_VALUE : before, RUNS + 1);
    boolean more = found.size() > RUNS;
    List<RunEntry> page = more ? found.subList(0, RUNS) : found;
    return new JsonObject()
        .put("runs", page.stream().map(this::run).toList())
        .putNumber("next", more ? page.get(RUNS - 1).number() : null);
  }

  /** One run with its passes over rooms and threads, oldest first. */
  JsonObject run(long number, @Nullable Long after) throws SQLException {
    RunEntry run =
        reader
            .run(number)
            .orElseThrow(() -> Refusal.notFound("The journal has no run " + number + " any more."));
    List<Long> found =
        sql.list(
            PASSES_OF_RUN, row -> row.getLong(1), number, after == null ? 0 : after, PASSES + 1);
    boolean more = found.size() > PASSES;
    List<JsonObject> passes = new ArrayList<>();
    for (long pass : more ? found.subList(0, PASSES) : found) {
      reader.pass(pass).map(this::pass).ifPresent(passes::add);
    }
    return run(run).put("passes", passes).putNumber("next", more ? found.get(PASSES - 1) : null);
  }

  /** The pages of one run, oldest first. */
  JsonObject pages(long run, @Nullable Long after) {
    List<PageEntry> found = reader.pages(run, after == null ? 0 : after, PAGES + 1);
    boolean more = found.size() > PAGES;
    List<PageEntry> pages = more ? found.subList(0, PAGES) : found;
    return new JsonObject()
        .put("pages", pages.stream().map(this::page).toList())
        .putNumber("next", more ? pages.get(PAGES - 1).number() : null);
  }

  /** Why a message is here or is not: the pages that wrote it, first things first. */
  List<JsonObject> story(MessageId id) {
    MessageLinks links = reader.links(id);
    List<JsonObject> story = new ArrayList<>();
    MessageLinks.Grave grave = links.grave();
    if (grave != null) {
      if (grave.removed() != 0) {
        story.add(chapter("was-added", grave.added()));
        story.add(chapter("removed", grave.removed()));
      }
      if (grave.written() != grave.removed()) {
        story.add(chapter("buried", grave.written()));
      }
    }
    MessageLinks.Live live = links.live();
    if (live != null) {
      story.add(chapter("added", live.added()));
      if (live.written() != live.added()) {
        story.add(chapter("changed", live.written()));
      }
    }
    links.quarantine().forEach(entry -> story.add(chapter("quarantined", entry.page())));
    return story;
  }

  private JsonObject chapter(String what, long number) {
    PageEntry page = reader.page(number).orElse(null);
    return new JsonObject()
        .put("what", what)
        .put("number", number)
        .put("page", page == null ? null : page(page));
  }

  private JsonObject run(RunEntry run) {
    boolean newest = run.number() == reader.journalReach().lastRun();
    return ended(new JsonObject(), run.startedAt(), run.finishedAt(), run.ending())
        .put("number", run.number())
        .put("kind", Words.of(run.kind()))
        .put("asked", run.asked())
        .put("newest", newest)
        .put("requests", run.requests())
        .put("counts", counts(run.counts()))
        .put("error", run.errorKind());
  }

  private JsonObject pass(PassEntry pass) {
    JsonObject json =
        ended(new JsonObject(), pass.startedAt(), pass.finishedAt(), pass.ending())
            .put("number", pass.number())
            .put("requests", pass.requests())
            .put("counts", counts(pass.counts()))
            .put("error", pass.errorKind());
    return scope(json, pass.scope());
  }

  private JsonObject page(PageEntry page) {
    Question question = page.question();
    JsonObject json =
        new JsonObject()
            .put("number", page.number())
            .put("run", page.run())
            .put("purpose", Words.of(page.purpose()))
            .put("question", question == null ? null : Words.of(question.what()))
            .put("attempt", page.attempt())
            .put("startedAt", page.startedAt().toEpochMilli())
            .put("took", page.took().toMillis())
            .putNumber("entries", page.answer() == null ? null : page.answer().entries())
            .putNumber("bytes", page.answer() == null ? null : page.answer().bytes())
            .put("cut", page.answer() != null && page.answer().continuation() != null)
            .put("counts", counts(page.counts()))
            .put("state", Words.of(page.state()))
            .put("error", page.errorKind());
    PassEntry pass = page.pass() == 0 ? null : reader.pass(page.pass()).orElse(null);
    return pass == null ? json : scope(json, pass.scope());
  }

  private JsonObject scope(JsonObject json, Scope scope) {
    if (scope instanceof Scope.OfThread thread) {
      return json.put("thread", thread.root().value());
    }
    RoomId room = ((Scope.OfRoom) scope).room();
    return json.put("room", room.value())
        .put("name", reader.room(room).map(known -> known.name()).orElse(null));
  }

  private static JsonObject ended(
      JsonObject json, Instant startedAt, @Nullable Instant finishedAt, @Nullable Ending ending) {
    return json.put("startedAt", startedAt.toEpochMilli())
        .putNumber("finishedAt", finishedAt == null ? null : finishedAt.toEpochMilli())
        .put("ending", ending == null ? null : Words.of(ending));
  }

  private static JsonObject counts(PageCounts counts) {
    return new JsonObject()
        .put("added", counts.added())
        .put("changed", counts.changed())
        .put("removed", counts.removed())
        .put("tombstones", counts.tombstones())
        .put("unchanged", counts.unchanged())
        .put("skipped", counts.skipped())
        .put("quarantined", counts.quarantined());
  }
}
