package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.OverallCoverage;
import dev.strandline.RoomOverview;
import dev.strandline.cli.ExportForm.Part;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Csv;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code strandline export}. */
@Command(
    name = "export",
    header = "Writes what is stored for other programs.",
    description = {
      "As JSON Lines (--json, the default) everything of one moment, whatever a sync "
          + "writes meanwhile: each room with what its rows are worth, its messages oldest "
          + "first, exactly as the server sent them, and the tombstones of those that are "
          + "gone. Every line is an object with one field that says what it is: export, "
          + "room, message, tombstone, and end, which is missing where the file was cut off.",
      "",
      "As CSV (RFC 4180, UTF-8) one table: messages, rooms or tombstones. A field that "
          + "a spreadsheet would take for a formula, which is one that begins with = + - @ ' "
          + "or white space, gets a ' in front; --raw leaves it as it is.",
      "",
      "Says on standard error which rooms are not complete.",
      "",
      "Examples:",
      "  strandline export --db chat.db --out chat.jsonl",
      "  strandline export --db chat.db --room general | jq -c .message",
      "  strandline export --db chat.db --room general --csv > general.csv",
      "  strandline export --db chat.db --csv --since 2026-11-01 --until 2026-12-01",
      "  strandline export --db chat.db --csv rooms"
    })
final class ExportCommand extends ReadingCommand {
  private static final int CHECKED_EVERY = 1000;

  @Option(
      names = "--room",
      paramLabel = "ID",
      description = "Only this room; a name does where only one has it. Can be repeated.")
  private List<String> rooms = List.of();

  @Option(
      names = "--csv",
      arity = "0..1",
      fallbackValue = "messages",
      paramLabel = "messages|rooms|tombstones",
      description =
          "Write a table as CSV rather than JSON Lines; the messages where none is named.")
  private @Nullable Part csv;

  @Option(names = "--raw", description = "Put nothing in front of a formula. With --csv.")
  private boolean raw;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write to this file, which appears when it is whole and which only you can read."
              + " Default: standard output.")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replace the file where it exists. With --out.")
  private boolean force;

  @Mixin private Period period = new Period();

  @Override
  public Integer call() {
    refuse(csv != null && json(), "--csv and --json exclude each other");
    refuse(csv == null && raw, "--raw goes with --csv");
    refuse(file == null && force, "--force goes with --out");
    refuse(csv == Part.ROOMS && period.isGiven(), "--since and --until do not go with --csv rooms");
    Period.Range range = period.range(surroundings());
    database().requireExisting();
    if (file == null) {
      export(out(), range, this::checkReader);
      return ExitState.DONE;
    }
    try (NewFile result = NewFile.begin(file, force, database().file())) {
      export(result.writer(), range, result::check);
      result.finish();
    }
    return ExitState.DONE;
  }

  private void refuse(boolean isWrong, String why) {
    if (isWrong) {
      throw new ParameterException(spec().commandLine(), why);
    }
  }

  /** Ends where nobody reads on. */
  private void checkReader() {
    if (out().checkError()) {
      throw new NobodyReads();
    }
  }

  private void export(PrintWriter target, Period.Range range, Runnable check) {
    ExportForm form = form(target, range);
    database()
        .readAtOneMoment(
            local -> {
              List<RoomOverview> chosen = chosen(local);
              OverallCoverage coverage = coverage(local, chosen);
              ExportForm.Sum sum = write(local, chosen, coverage, form, range, check);
              check.run();
              say(local, chosen, coverage, sum);
              return sum;
            });
  }

  private ExportForm form(PrintWriter target, Period.Range range) {
    // Where a person watches, nothing is printed that a terminal obeys; else not a byte is changed.
    boolean isWatched = file == null && surroundings().cells() > 0;
    return csv == null
        ? new JsonLines(target, range, isWatched)
        : new CsvTable(
            new Csv(target, !raw), csv, isWatched ? Harmless::line : UnaryOperator.identity());
  }

  private List<RoomOverview> chosen(LocalCopy local) {
    List<RoomId> ids = rooms.stream().map(given -> RoomChoice.stored(local, given)).toList();
    return local.rooms().stream()
        .filter(room -> ids.isEmpty() || ids.contains(room.room().id()))
        .toList();
  }

  /** What all rooms are worth where none was named, else those alone. */
  private OverallCoverage coverage(LocalCopy local, List<RoomOverview> chosen) {
    return rooms.isEmpty()
        ? local.coverage()
        : local.coverage(chosen.stream().map(room -> room.room().id()).toList());
  }

  private static ExportForm.Sum write(
      LocalCopy local,
      List<RoomOverview> rooms,
      OverallCoverage coverage,
      ExportForm form,
      Period.Range range,
      Runnable check) {
    Set<Part> parts = form.parts();
    long[] messages = new long[1];
    long[] tombstones = new long[1];
    form.begin(rooms, coverage);
    for (RoomOverview overview : rooms) {
      var room = overview.room();
      if (parts.contains(Part.ROOMS)) {
        form.room(overview);
      }
      if (parts.contains(Part.MESSAGES)) {
        local.forEachMessage(
            Scope.room(room.id()),
            message -> {
              if (range.has(message.sentAt())) {
                form.message(room, message);
                checkAt(++messages[0], check);
              }
            });
      }
      if (parts.contains(Part.TOMBSTONES)) {
        local.forEachTombstone(
            room.id(),
            tombstone -> {
              if (range.has(tombstone.at())) {
                form.tombstone(room, tombstone);
                checkAt(++tombstones[0], check);
              }
            });
      }
    }
    ExportForm.Sum sum =
        new ExportForm.Sum(rooms.size(), messages[0], tombstones[0], coverage.isComplete());
    form.end(sum);
    return sum;
  }

  private static void checkAt(long written, Runnable check) {
    if (written % CHECKED_EVERY == 0) {
      check.run();
    }
  }

  private void say(
      LocalCopy local, List<RoomOverview> rooms, OverallCoverage coverage, ExportForm.Sum sum) {
    if (this.rooms.isEmpty() && local.unreadableRooms() > 0) {
      err().println(RoomListWords.unreadable(local.unreadableRooms()));
    }
    if (rooms.isEmpty()) {
      notes().println("No room is stored yet: run strandline sync.");
      notes().println("The export is " + Coverages.words(coverage) + ".");
      return;
    }
    long quarantined = 0;
    for (RoomOverview room : rooms) {
      quarantined += room.counts().quarantined();
      if (!room.coverage().isComplete()) {
        String name = Harmless.line(Labels.of(room.room()));
        notes().println(name + " is " + Coverages.words(room.coverage(), moments()) + ".");
      }
    }
    if (quarantined > 0) {
      notes()
          .println(
              Moments.number(quarantined)
                  + " entries that could not be understood are in quarantine and not in this.");
    }
    notes().println(written(sum) + (sum.isComplete() ? ", all of them complete." : "."));
    if (this.rooms.isEmpty()) {
      notes().println(Directories.words(coverage, surroundings()));
    } else {
      notes()
          .println(
              "Only the rooms that were named, of "
                  + counted(local.entries().size(), "room")
                  + " stored.");
    }
  }

  private String written(ExportForm.Sum sum) {
    String of = " of " + counted(sum.rooms(), "room");
    if (csv == null) {
      return counted(sum.messages(), "message")
          + " and "
          + counted(sum.tombstones(), "tombstone")
          + of;
    }
    return switch (csv) {
      case ROOMS -> counted(sum.rooms(), "room");
      case MESSAGES -> counted(sum.messages(), "message") + of;
      case TOMBSTONES -> counted(sum.tombstones(), "tombstone") + of;
    };
  }

  private static String counted(long number, String what) {
    return Moments.number(number) + " " + what + (number == 1 ? "" : "s");
  }
}
