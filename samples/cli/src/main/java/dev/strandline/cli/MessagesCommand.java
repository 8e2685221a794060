package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.MessagePage;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code strandline messages}. */
@Command(
    name = "messages",
    header = "Shows stored messages of a room or thread.",
    description = {
      "A room's messages, replies included, or a thread's replies; oldest first.",
      "",
      "Says on standard error what they are worth: complete, complete only from a "
          + "moment on, or stale and why. With --json each message is its own JSON, exactly "
          + "as the server sent it.",
      "",
      "Examples:",
      "  strandline messages --db chat.db --room general",
      "  strandline messages --db chat.db --room general --limit 20 \\",
      "      --before 4vqAhCxm3bTmPPvpr",
      "  strandline messages --db chat.db --room general --since yesterday",
      "  strandline messages --db chat.db --room general --all --json > general.jsonl"
    })
final class MessagesCommand extends ReadingCommand {
  private static final int PAGE = 1000;
  private static final int USUAL = 50;

  @Option(
      names = "--room",
      paramLabel = "ID",
      description = "The room; a name does where only one room has it.")
  private @Nullable String room;

  @Option(names = "--thread", paramLabel = "ID", description = "The thread, by its first message.")
  private @Nullable String thread;

  @ArgGroup private HowMany howMany = new HowMany();

  /** Some of the messages, or all of them. */
  static final class HowMany {
    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "The newest N of them. Default: 50, and with --since all of them.")
    private @Nullable Integer limit;

    @Option(names = "--all", description = "All of them, whatever their number.")
    private boolean all;
  }

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only what comes before this message. Not with --all.")
  private @Nullable String before;

  @Mixin private Period period = new Period();

  @Override
  public Integer call() {
    if (room == null && thread == null) {
      throw new ParameterException(
          spec().commandLine(), "Name a room or a thread: --room, --thread");
    }
    if (howMany.all && before != null) {
      throw new ParameterException(spec().commandLine(), "--all and --before exclude each other");
    }
    if (howMany.limit != null && howMany.limit < 1) {
      throw new ParameterException(
          spec().commandLine(), "--limit must be at least 1, not " + howMany.limit);
    }
    Period.Range range = period.range(surroundings());
    Coverage coverage = database().read(local -> print(local, range));
    out().flush();
    notes().println("These are " + Coverages.words(coverage, moments()) + ".");
    return ExitState.DONE;
  }

  private Coverage print(LocalCopy local, Period.Range range) {
    Scope scope = scope(local);
    try (Sheet sheet = new Sheet()) {
      return howMany.all
          ? local.forEachMessage(scope, message -> sheet.addIf(range, message))
          : newest(local, scope, range, sheet);
    }
  }

  private Scope scope(LocalCopy local) {
    if (thread == null) {
      return Scope.room(RoomChoice.stored(local, String.valueOf(room)));
    }
    MessageId id = messageId(thread);
    Message message = local.message(id).message();
    List<Message> replies = local.replies(id, null, 1).messages();
    Message known = message != null || replies.isEmpty() ? message : replies.get(0);
    if (known == null) {
      throw Problem.usage(
          "the database has no thread " + thread + ".",
          "See which threads it holds: strandline threads --db " + database().file());
    }
    if (room != null && !known.room().equals(RoomChoice.stored(local, room))) {
      throw Problem.usage(
          "thread " + thread + " is not in room " + room + ".",
          "It is in " + known.room() + "; --room may be left out.");
    }
    return Scope.thread(id);
  }

  /** Page by page backwards, then in reading order. */
  private Coverage newest(LocalCopy local, Scope scope, Period.Range range, Sheet sheet) {
    int most =
        howMany.limit != null ? howMany.limit : range.since() == null ? USUAL : Integer.MAX_VALUE;
    List<Message> found = new ArrayList<>();
    MessageKey place = start(local, range);
    MessagePage page;
    do {
      int limit = Math.min(PAGE, most - found.size());
      page =
          scope instanceof Scope.OfThread replies
              ? local.replies(replies.root(), place, limit)
              : local.messages(((Scope.OfRoom) scope).room(), place, limit);
      page.messages().stream().filter(message -> range.has(message.sentAt())).forEach(found::add);
      place = page.next();
      if (place != null && range.isBefore(place.sentAt())) {
        place = null;
      }
    } while (place != null && found.size() < most);
    Collections.reverse(found);
    found.forEach(sheet::add);
    if (place != null && !json()) {
      sheet.more = "Older ones: --before " + Harmless.line(found.get(0).id().value());
    }
    return page.coverage();
  }

  /** What is shown comes before this place; null where it is the newest. */
  private @Nullable MessageKey start(LocalCopy local, Period.Range range) {
    MessageKey given = before == null ? null : place(local, before);
    MessageKey end =
        range.until() == null ? null : new MessageKey(range.until(), new MessageId("\u0000"));
    if (given == null || end == null) {
      return given == null ? end : given;
    }
    return given.compareTo(end) < 0 ? given : end;
  }

  private MessageKey place(LocalCopy local, String given) {
    Message message = local.message(messageId(given)).message();
    if (message == null) {
      throw Problem.usage(
          "the database has no message " + given + ".",
          "Give --before the id of a message that is shown, or leave it out.");
    }
    return MessageKey.of(message);
  }

  private static MessageId messageId(String given) {
    return GivenId.message(given, "Give the id of a stored message.");
  }

  /** Where the messages go: straight out as JSON, or into tables that are set page by page. */
  private final class Sheet implements AutoCloseable {
    private Table table = MessageLine.table();
    private int rows;
    private @Nullable String more;

    void addIf(Period.Range range, Message message) {
      if (range.has(message.sentAt())) {
        add(message);
      }
    }

    void add(Message message) {
      rows++;
      if (json()) {
        // Where a person watches, the characters that a terminal obeys are escaped; else
        // not a byte.
        out().print(surroundings().cells() > 0 ? Harmless.json(message.json()) : message.json());
        out().print('\n');
      } else {
        MessageLine.add(table, message, moments());
      }
      if (rows % PAGE == 0) {
        turn();
      }
    }

    /** Bounds the memory for a long list, and ends where nobody reads on. */
    private void turn() {
      if (!json()) {
        table.print(out(), surroundings().cells());
        table = MessageLine.table();
      }
      if (out().checkError()) {
        throw new NobodyReads();
      }
    }

    @Override
    public void close() {
      if (!json() && !table.isEmpty()) {
        table.print(out(), surroundings().cells());
      }
      out().flush();
      if (more != null) {
        notes().println(more);
      }
    }
  }
}
