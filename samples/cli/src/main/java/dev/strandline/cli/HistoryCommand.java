package dev.strandline.cli;

import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.cli.text.JournalWords;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.Table;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code strandline history}. */
@Command(
    name = "history",
    header = "Lists what runs did.",
    description = {
      "The newest first: all runs, or what each did in one room or thread. With --run "
          + "the pages of one run, oldest first: what was asked, why, and what became of the "
          + "answer.",
      "",
      "Examples:",
      "  strandline history --db chat.db",
      "  strandline history --db chat.db --room general --limit 5",
      "  strandline history --db chat.db --since yesterday",
      "  strandline history --db chat.db --run 3"
    })
final class HistoryCommand extends ReadingCommand {
  private static final int MOST = 10_000;

  @ArgGroup private @Nullable Choice choice;

  /** What of the journal to list. */
  static final class Choice {
    @Option(
        names = "--room",
        paramLabel = "ID",
        description = "The passes over this room; a name does where only one room has it.")
    private @Nullable String room;

    @Option(
        names = "--thread",
        paramLabel = "ID",
        description = "The passes over this thread's own feed.")
    private @Nullable String thread;

    @Option(names = "--run", paramLabel = "N", description = "The pages of this run.")
    private @Nullable Long run;
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, up to 10,000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private Period period = new Period();

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw Problem.usage(
          "--limit must be 1 to 10000, not " + limit + ".", "Give a smaller number.");
    }
    if (period.isGiven() && choice != null && choice.run != null) {
      throw new ParameterException(
          spec().commandLine(), "--since and --until choose runs, and --run has chosen one");
    }
    Period.Range range = period.range(surroundings());
    return database()
        .read(
            local -> {
              if (choice == null) {
                print(runs(local, range));
              } else if (choice.run != null) {
                printPages(local, choice.run);
              } else {
                printPasses(passes(local, scope(local, choice), range));
              }
              out().flush();
              return ExitState.DONE;
            });
  }

  private List<RunEntry> runs(LocalCopy local, Period.Range range) {
    return within(
        range,
        before -> local.journal().runs(before, limit),
        RunEntry::number,
        RunEntry::startedAt);
  }

  private List<PassEntry> passes(LocalCopy local, Scope scope, Period.Range range) {
    return within(
        range,
        before -> local.journal().passes(scope, before, limit),
        PassEntry::number,
        PassEntry::startedAt);
  }

  /** The newest entries that began within a time; a device's clock can have been set back. */
  private <T> List<T> within(
      Period.Range range,
      LongFunction<List<T>> newestBefore,
      ToLongFunction<T> number,
      Function<T, Instant> startedAt) {
    List<T> found = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<T> page;
    do {
      page = newestBefore.apply(before);
      page.stream().filter(entry -> range.has(startedAt.apply(entry))).forEach(found::add);
      before = page.isEmpty() ? 0 : number.applyAsLong(page.get(page.size() - 1));
    } while (page.size() == limit && found.size() < limit);
    return found.subList(0, Math.min(limit, found.size()));
  }

  private static Scope scope(LocalCopy local, Choice choice) {
    if (choice.thread == null) {
      return Scope.room(RoomChoice.stored(local, String.valueOf(choice.room)));
    }
    return Scope.thread(GivenId.message(choice.thread, "Give the id of a thread's root."));
  }

  private void print(List<RunEntry> runs) {
    Table table =
        Table.of(
            numbers("RUN"),
            words("STARTED"),
            words("TOOK"),
            words("ENDED"),
            text("ASKED"),
            numbers("REQUESTS"),
            numbers("ADDED"),
            numbers("CHANGED"),
            numbers("REMOVED"),
            numbers("UNCHANGED"),
            words("ERROR"));
    for (RunEntry run : runs) {
      PageCounts counts = run.counts();
      table.row(
          Long.toString(run.number()),
          moments().second(run.startedAt()),
          took(run.startedAt(), run.finishedAt()),
          JournalWords.ending(run.ending()),
          JournalWords.run(run),
          Moments.number(run.requests()),
          Moments.number(counts.added()),
          Moments.number(counts.changed()),
          Moments.number(counts.removed()),
          Moments.number(counts.unchanged()),
          run.errorKind() == null ? "" : run.errorKind());
    }
    show(table, runs.stream().map(JournalJson::of).toList(), "No run is in the journal yet.");
  }

  private void printPasses(List<PassEntry> passes) {
    Table table =
        Table.of(
            numbers("RUN"),
            words("STARTED"),
            words("TOOK"),
            words("ENDED"),
            numbers("REQUESTS"),
            numbers("ADDED"),
            numbers("CHANGED"),
            numbers("REMOVED"),
            numbers("UNCHANGED"),
            words("ERROR"));
    for (PassEntry pass : passes) {
      PageCounts counts = pass.counts();
      table.row(
          Long.toString(pass.run()),
          moments().second(pass.startedAt()),
          took(pass.startedAt(), pass.finishedAt()),
          JournalWords.ending(pass.ending()),
          Moments.number(pass.requests()),
          Moments.number(counts.added()),
          Moments.number(counts.changed()),
          Moments.number(counts.removed()),
          Moments.number(counts.unchanged()),
          pass.errorKind() == null ? "" : pass.errorKind());
    }
    show(
        table, passes.stream().map(JournalJson::of).toList(), "No pass over it is in the journal.");
  }

  private void printPages(LocalCopy local, long run) {
    if (local.journal().run(run).isEmpty()) {
      throw Problem.usage("the journal has no run " + run + ".", reach(local));
    }
    Map<Long, Scope> scopes = new HashMap<>();
    local.journal().passes(run).forEach(pass -> scopes.put(pass.number(), pass.scope()));
    List<PageEntry> pages = local.journal().pages(run, 0, limit);
    Labels labels = new Labels(local);
    Table table =
        Table.of(
            numbers("PAGE"),
            text("OVER"),
            words("TO"),
            text("ASKED FOR"),
            words("TOOK"),
            numbers("ENTRIES"),
            numbers("ADDED"),
            numbers("CHANGED"),
            numbers("REMOVED"),
            numbers("UNCHANGED"),
            words("ENDED"));
    for (PageEntry page : pages) {
      Scope scope = scopes.get(page.pass());
      PageCounts counts = page.counts();
      table.row(
          Long.toString(page.number()),
          scope == null ? "" : labels.of(scope),
          JournalWords.purpose(page.purpose()),
          JournalWords.question(page.question(), moments()),
          Moments.duration(page.took()),
          page.answer() == null ? "-" : Moments.number(page.answer().entries()),
          Moments.number(counts.added()),
          Moments.number(counts.changed()),
          Moments.number(counts.removed()),
          Moments.number(counts.unchanged()),
          JournalWords.state(page));
    }
    show(
        table,
        pages.stream().map(page -> JournalJson.of(page, scopes.get(page.pass()))).toList(),
        "None of its pages is in the journal any more.");
  }

  private void show(Table table, List<JsonObject> json, String nothing) {
    if (json()) {
      json.forEach(out()::println);
    } else if (table.isEmpty()) {
      notes().println(nothing);
    } else {
      table.print(out(), surroundings().cells());
    }
  }

  /** Which runs there are to ask for. */
  static String reach(LocalCopy local) {
    JournalReach reach = local.journal().reach();
    return reach.lastRun() == 0
        ? "It has no run yet: run strandline sync."
        : "It has runs "
            + reach.firstRun()
            + " to "
            + reach.lastRun()
            + "; those that changed"
            + " nothing go first. See: strandline history --db FILE";
  }

  private static String took(Instant from, @Nullable Instant to) {
    return to == null ? "-" : Moments.duration(Duration.between(from, to));
  }
}
