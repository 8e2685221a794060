package dev.strandline.cli;

import dev.strandline.GoneRooms;
import dev.strandline.History;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncOptions;
import dev.strandline.ThreadMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a run is to work; what is left out has the library's default. */
final class Tuning {
  @Option(
      names = "--page-size",
      paramLabel = "N",
      description =
          "How many messages of a room to ask for at first, 1 to 100000; up to ten times as many"
              + " while answers are small, fewer where one takes too long. Default: 1000.")
  private @Nullable Integer pageSize;

  @Option(
      names = "--lookback",
      paramLabel = "DUR",
      converter = Durations.class,
      description =
          "How far behind its watermark a run starts, e.g. 90s or 2m, up to 1d; longer than the"
              + " server's clocks disagree. Default: 2m.")
  private @Nullable Duration lookback;

  @Option(
      names = "--history",
      paramLabel = "all|none|N",
      converter = Histories.class,
      description = "How much of a room's past to read, newest first. Default: all.")
  private @Nullable History history;

  @Option(
      names = "--threads",
      paramLabel = "auto|all|none",
      description =
          "Which threads to ask for by themselves: those with replies that the room's history would"
              + " not bring, all, or none. Default: auto.")
  private @Nullable ThreadMode threads;

  @Option(
      names = "--on-gone",
      paramLabel = "freeze|purge",
      description =
          "What becomes of the rows of a room that is no longer ours: keep them as they are, or"
              + " remove them. Default: freeze.")
  private @Nullable GoneRooms goneRooms;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "How many rooms to work on at a time, 1 to 64. Default: 8.")
  private @Nullable Integer lanes;

  @Option(
      names = "--sweep-within",
      paramLabel = "DUR",
      converter = Durations.class,
      description =
          "How long --changes leaves a room alone at most of which the server tells no news: so long"
              + " can an edit of an older message stay unseen. Up to 20d. Default: 6h.")
  private @Nullable Duration sweepWithin;

  /** How much of each room's past is read. */
  History history() {
    return history == null ? History.all() : history;
  }

  SyncOptions options(RetryPolicy retry) {
    SyncOptions.Builder options = SyncOptions.builder().retry(retry);
    try {
      if (pageSize != null) {
        options.pageSize(pageSize);
      }
      if (lookback != null) {
        options.lookback(lookback);
      }
      if (sweepWithin != null) {
        options.sweepWithin(sweepWithin);
      }
      if (lanes != null) {
        options.lanes(lanes);
      }
    } catch (IllegalArgumentException e) {
      throw Problem.usage(String.valueOf(e.getMessage()) + ".", "See: strandline sync --help");
    }
    if (history != null) {
      options.history(history);
    }
    if (threads != null) {
      options.threads(threads);
    }
    if (goneRooms != null) {
      options.goneRooms(goneRooms);
    }
    return options.build();
  }
}
