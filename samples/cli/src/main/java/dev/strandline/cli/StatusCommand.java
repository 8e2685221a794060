package dev.strandline.cli;

import static dev.strandline.cli.text.Table.note;
import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.ScopeStatus;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Coverage;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.ScopeRun;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code strandline status}. */
@Command(
    name = "status",
    header = "Tells where the synchronisation stands.",
    description = {
      "AS OF says how long ago the rows were known to equal the server's, to the extent "
          + "that COVERAGE says; NEWS how long ago every new message and deletion was stored, "
          + "as far as the server's directory tells: what it does not tell are edits and "
          + "reactions on older messages. Both are this device's time less the server's: right "
          + "as far as the two clocks agree.",
      "",
      "With --verbose also the watermark, which is the server time that the next run starts "
          + "from, and its lag behind this device's time.",
      "",
      "Tells on standard error whose the database is, and with --json in each object.",
      "",
      "Example:",
      "  strandline status --db chat.db"
    })
final class StatusCommand extends ReadingCommand {
  @Override
  public Integer call() {
    return database()
        .read(
            local -> {
              List<ScopeStatus> statuses = local.status();
              long unreadable = local.unreadableRooms();
              if (json()) {
                JsonObject owner = Owners.json(local.owner().orElse(null));
                statuses.forEach(status -> out().println(json(status).put("owner", owner)));
                if (unreadable > 0) {
                  out().println(ofTheList(unreadable).put("owner", owner));
                }
              } else {
                print(statuses, local);
              }
              out().flush();
              if (unreadable > 0) {
                err().println(RoomListWords.unreadable(unreadable));
              }
              return ExitState.DONE;
            });
  }

  private void print(List<ScopeStatus> statuses, LocalCopy local) {
    notes().println(Owners.line(database().file(), local));
    if (statuses.isEmpty()) {
      if (local.unreadableRooms() > 0) {
        return;
      }
      notes().println("Nothing was ever synchronised into it: run strandline sync.");
      return;
    }
    Labels labels = Labels.ofAllRooms(local);
    boolean verbose = verbose();
    Table table =
        Table.of(
            text("SCOPE"),
            words("AS OF"),
            words("NEWS"),
            numbers("MESSAGES"),
            words("LAST RUN"),
            words("ENDED"),
            note("COVERAGE"));
    for (ScopeStatus status : statuses) {
      ScopeRun run = status.lastRun();
      table.row(
          labels.of(status.scope()),
          age(asOf(status.coverage())),
          age(status.newsAsOf()),
          status.counts().equals(RoomCounts.NONE) ? "" : Moments.number(status.counts().messages()),
          run == null ? "-" : moments().second(run.finishedAt()),
          run == null ? "-" : run.outcome(),
          Coverages.words(status.coverage(), moments()));
    }
    table.print(out(), surroundings().cells());
    if (verbose) {
      out().println();
      positions(statuses, labels).print(out(), surroundings().cells());
    }
    out().flush();
    notes().println(Directories.words(local.coverage(), surroundings()));
    for (ScopeStatus status : statuses) {
      ScopeRun run = status.lastRun();
      if (run != null && run.errorKind() != null) {
        out().flush();
        err()
            .println(
                labels.of(status.scope())
                    + ": "
                    + Harmless.line(String.valueOf(run.errorMessage())));
      }
    }
  }

  private Table positions(List<ScopeStatus> statuses, Labels labels) {
    Table table = Table.of(text("SCOPE"), words("WATERMARK"), words("LAG"));
    for (ScopeStatus status : statuses) {
      ServerTime watermark = watermark(status);
      Duration lag = watermark == null || !Moments.isDate(watermark) ? null : lag(watermark);
      table.row(
          labels.of(status.scope()),
          watermark == null ? "-" : moments().known(watermark),
          lag == null ? "-" : Moments.duration(lag));
    }
    return table;
  }

  private String age(@Nullable ServerTime time) {
    return time == null ? "-" : Moments.age(time, surroundings().clock().instant());
  }

  private static @Nullable ServerTime asOf(Coverage coverage) {
    if (coverage instanceof Coverage.Complete complete) {
      return complete.asOf();
    }
    if (coverage instanceof Coverage.Incomplete incomplete) {
      return incomplete.asOf();
    }
    return coverage instanceof Coverage.Stale stale ? stale.since() : null;
  }

  /** Both feeds are settled up to the earlier one of theirs. */
  private static @Nullable ServerTime watermark(ScopeStatus status) {
    ServerTime updated = status.updatedWatermark();
    ServerTime deleted = status.deletedWatermark();
    if (updated == null || deleted == null) {
      return updated == null ? deleted : updated;
    }
    return ServerTime.min(updated, deleted);
  }

  private @Nullable Duration lag(@Nullable ServerTime since) {
    return since == null
        ? null
        : Duration.between(since.toInstant(), surroundings().clock().instant());
  }

  /** The account as a whole, where not all of its list of rooms could be understood. */
  private static JsonObject ofTheList(long unreadable) {
    return new JsonObject()
        .put("scope", "rooms")
        .put("coverage", Coverages.json(new Coverage.Incomplete(null, null)))
        .put("quarantined", unreadable);
  }

  private JsonObject json(ScopeStatus status) {
    Duration lag = lag(watermark(status));
    return new JsonObject()
        .put("scope", status.scope().toString())
        .put("coverage", Coverages.json(status.coverage()))
        .put("updatedWatermark", iso(status.updatedWatermark()))
        .put("deletedWatermark", iso(status.deletedWatermark()))
        .putNumber("lagMs", lag == null ? null : lag.toMillis())
        .put("newsAsOf", iso(status.newsAsOf()))
        .put("messages", status.counts().messages())
        .put("threads", status.counts().threads())
        .put("tombstones", status.counts().tombstones())
        .put("quarantined", status.counts().quarantined())
        .put("inQuestion", status.counts().inQuestion())
        .put("lastRun", json(status.lastRun()));
  }

  private static @Nullable String iso(@Nullable ServerTime time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable JsonObject json(@Nullable ScopeRun run) {
    if (run == null) {
      return null;
    }
    JsonObject error =
        run.errorKind() == null
            ? null
            : new JsonObject().put("kind", run.errorKind()).put("message", run.errorMessage());
    return new JsonObject()
        .put("finishedAt", run.finishedAt().toString())
        .put("outcome", run.outcome())
        .put("requests", run.requests())
        .put("error", error)
        .put(
            "lastCompleteAt",
            run.lastCompleteAt() == null ? null : run.lastCompleteAt().toString());
  }
}
