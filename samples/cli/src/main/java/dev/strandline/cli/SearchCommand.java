package dev.strandline.cli;

import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.OverallCoverage;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.cli.text.Snippet;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.SearchIndexing;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code strandline search}. */
@Command(
    name = "search",
    header = "Looks for words in stored messages.",
    description = {
      "All words have to be there, in any order; case, accents and vowel marks do not "
          + "matter. \"like this\" looks for words in a row, begin* for how a word begins, "
          + "-word for messages without it (after --). Looked through is what people see of a "
          + "message: its text, and titles, texts and files of what is attached.",
      "",
      "Every message is read, unless the database has an index: --index makes one, "
          + "once; from then on every sync keeps it up, and only what is found is read. "
          + "--no-index takes it away.",
      "",
      "Says on standard error what the rooms are worth that were searched. With --json "
          + "each find is the text that people see, the places of the words in it, and the "
          + "message as the server sent it.",
      "",
      "Examples:",
      "  strandline search --db chat.db high tide",
      "  strandline search --db chat.db --room general --newest -- '\"high tide\"' -low",
      "  strandline search --db chat.db --author ada --since 7d 'tid*'",
      "  strandline search --db chat.db --index"
    })
final class SearchCommand extends ReadingCommand {
  private static final int SNIPPET = 100;
  private static final String BEFORE_ADVICE =
      "Give --before the id of a message that was found, or leave it out.";

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "What to look for.")
  private List<String> words = List.of();

  @Option(
      names = "--room",
      paramLabel = "ID",
      description = "Only in this room; a name does where only one room has it.")
  private @Nullable String room;

  @Option(names = "--author", paramLabel = "NAME", description = "Only what this user wrote.")
  private @Nullable String author;

  @Mixin private Period period = new Period();

  @Option(names = "--newest", description = "The newest first, rather than what fits best.")
  private boolean newest;

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only what comes before this message. With --newest.")
  private @Nullable String before;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, up to 10,000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--index",
      negatable = true,
      description =
          "Make an index before looking, anew where there is one, or take it away. Not while a sync"
              + " is running.")
  private @Nullable Boolean index;

  @Override
  public Integer call() {
    if (words.isEmpty() && index == null) {
      throw new ParameterException(spec().commandLine(), "Give at least one word to look for");
    }
    SearchQuery.Builder query = words.isEmpty() ? null : query();
    if (index != null) {
      reindex(index);
    }
    if (query != null) {
      database().readAtOneMoment(local -> search(local, query));
    }
    return ExitState.DONE;
  }

  private void reindex(boolean wanted) {
    database().requireExisting();
    Path file = database().file();
    // Taken away first: an index that is damaged is made anew, too.
    SqliteStore.builder()
        .migrations(database().migrations())
        .searchIndexing(SearchIndexing.OFF)
        .open(file)
        .close();
    if (wanted) {
      SqliteStore.builder()
          .searchIndexing(SearchIndexing.ON)
          .onIndexing(database().indexProgress())
          .open(file)
          .close();
    }
    notes()
        .println(
            file
                + (wanted
                    ? " has a search index, which every sync keeps up."
                    : " has no search index."));
  }

  /** What can be understood without the database. */
  private SearchQuery.Builder query() {
    Period.Range range = period.range(surroundings());
    try {
      return SearchQuery.of(String.join(" ", words))
          .author(author == null || !author.startsWith("@") ? author : author.substring(1))
          .from(range.since())
          .until(range.until())
          .order(newest ? SearchQuery.Order.NEWEST : SearchQuery.Order.BEST)
          .limit(limit);
    } catch (IllegalArgumentException e) {
      throw Problem.usage(e.getMessage() + ".", "See: strandline search --help");
    }
  }

  private SearchPage search(LocalCopy local, SearchQuery.Builder query) {
    if (room != null) {
      query.room(RoomChoice.stored(local, room));
    }
    if (before != null) {
      query.before(place(local, before));
    }
    SearchQuery complete = query.build();
    SearchPage page = local.search(complete);
    if (json()) {
      page.hits().forEach(hit -> out().println(json(hit)));
    } else if (!page.hits().isEmpty()) {
      table(local, page).print(out(), surroundings().cells());
    }
    out().flush();
    say(page);
    sayCoverage(local, complete.room());
    return page;
  }

  private MessageKey place(LocalCopy local, String given) {
    if (!newest) {
      throw Problem.usage(
          "--before goes with --newest: what fits best has no place to go on from.",
          "See: strandline search --help");
    }
    Message message = local.message(GivenId.message(given, BEFORE_ADVICE)).message();
    if (message == null) {
      throw Problem.usage("the database has no message " + given + ".", BEFORE_ADVICE);
    }
    return MessageKey.of(message);
  }

  private Table table(LocalCopy local, SearchPage page) {
    int cells = surroundings().cells();
    // On a narrow screen the find has to come before the end of what is left for the text.
    int before = cells == 0 ? SNIPPET / 3 : Math.min(SNIPPET, cells) / 10;
    Labels labels = new Labels(local);
    Table table = Table.of(words("SENT"), text("ROOM"), text("BY"), text("MESSAGE"), words("ID"));
    for (SearchHit hit : page.hits()) {
      Message message = hit.message();
      String by = message.authorName();
      table.row(
          moments().minute(message.sentAt()),
          labels.of(Scope.room(message.room())),
          by == null ? "" : by,
          Snippet.of(message.shownText(), hit.places(), before, SNIPPET),
          message.id().value());
    }
    return table;
  }

  private void say(SearchPage page) {
    int found = page.hits().size();
    boolean isCut = found == limit && page.next() == null && !newest;
    notes().println(found == 0 ? "Nothing found." : Moments.number(found) + " found.");
    if (page.next() != null) {
      notes().println("Older ones: --before " + Harmless.line(page.next().id().value()));
    } else if (isCut) {
      notes().println("There may be more: --limit N, or --newest to go through them all.");
    }
    if (!page.indexed()) {
      notes()
          .println(
              "Every message was read. An index makes it faster: strandline search --db "
                  + database().file()
                  + " --index");
    }
  }

  private void sayCoverage(LocalCopy local, @Nullable RoomId searched) {
    if (searched != null) {
      local
          .room(searched)
          .ifPresent(
              found ->
                  notes()
                      .println(
                          "The room is " + Coverages.words(found.coverage(), moments()) + "."));
      return;
    }
    if (local.unreadableRooms() > 0) {
      err().println(RoomListWords.unreadable(local.unreadableRooms()));
    }
    OverallCoverage all = local.coverage();
    if (all.notComplete() > 0) {
      notes()
          .println(
              Moments.number(all.notComplete())
                  + " of "
                  + Moments.number(all.rooms())
                  + " rooms are not complete; what they lack was not searched. See: strandline"
                  + " rooms --db "
                  + database().file());
    }
    if (!all.isComplete()) {
      notes().println("What was searched is " + Coverages.words(all) + ".");
    }
    notes().println(Directories.words(all, surroundings()));
  }

  private static JsonObject json(SearchHit hit) {
    List<JsonObject> places =
        hit.places().stream()
            .map(place -> new JsonObject().put("start", place.start()).put("end", place.end()))
            .toList();
    return new JsonObject()
        .put("text", hit.message().shownText())
        .put("places", places)
        .putJson("message", Harmless.json(hit.message().json()));
  }
}
