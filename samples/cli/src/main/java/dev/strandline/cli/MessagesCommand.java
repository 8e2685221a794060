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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code strandline messages}. */
@Command(
    name = "messages",
    header = "Shows stored messages of a room or thread.",
    description = {
      "A room's messages, replies included, or a thread's replies; oldest first.",
      "",
      "Says on standard error what they are worth: complete, complete only from a moment on, or",
      "stale and why. With --json each message is its own JSON, exactly as the server sent it.",
      "",
      "Examples:",
      "  strandline messages --db chat.db --room general",
      "  strandline messages --db chat.db --room general --limit 20 --before 4vqAhCxm3bTmPPvpr",
      "  strandline messages --db chat.db --room general --all --json > general.jsonl"
    })
final class MessagesCommand extends ReadingCommand {
  private static final int PAGE = 1000;

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
    @Option(names = "--limit", paramLabel = "N", description = "The newest N of them. Default: 50.")
    private int limit = 50;

    @Option(names = "--all", description = "All of them, whatever their number.")
    private boolean all;
  }

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only what comes before this message. Not with --all.")
  private @Nullable String before;

  @Override
  public Integer call() {
    if (room == null && thread == null) {
      throw new ParameterException(
          spec().commandLine(), "Name a room or a thread: --room, --thread");
    }
    if (howMany.all && before != null) {
      throw new ParameterException(spec().commandLine(), "--all and --before exclude each other");
    }
    if (howMany.limit < 1) {
      throw new ParameterException(
          spec().commandLine(), "--limit must be at least 1, not " + howMany.limit);
    }
    Coverage coverage = database().read(this::print);
    out().flush();
    err().println("These are " + Coverages.words(coverage, moments()) + ".");
    return ExitState.DONE;
  }

  private Coverage print(LocalCopy local) {
    Scope scope = scope(local);
    try (Sheet sheet = new Sheet()) {
      return howMany.all ? local.forEachMessage(scope, sheet::add) : newest(local, scope, sheet);
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
  private Coverage newest(LocalCopy local, Scope scope, Sheet sheet) {
    List<Message> found = new ArrayList<>();
    MessageKey place = before == null ? null : place(local, before);
    MessagePage page;
    do {
      int limit = Math.min(PAGE, howMany.limit - found.size());
      page =
          scope instanceof Scope.OfThread replies
              ? local.replies(replies.root(), place, limit)
              : local.messages(((Scope.OfRoom) scope).room(), place, limit);
      found.addAll(page.messages());
      place = page.next();
    } while (place != null && found.size() < howMany.limit);
    Collections.reverse(found);
    found.forEach(sheet::add);
    if (place != null && !json()) {
      sheet.more = "Older ones: --before " + Harmless.line(found.get(0).id().value());
    }
    return page.coverage();
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
        err().println(more);
      }
    }
  }
}
