package dev.strandline.benchmarks;

import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Lets contenders take turns: some rounds that do not count, in which Java compiles, and then as
 * many as are wanted, each in another order than the one before.
 */
final class Rounds {
  private final Report report;
  private final int warmUp;
  private final int count;

  /**
   * @param warmUp how many do not count, at least 1
   */
  Rounds(Report report, int warmUp, int count) {
    this.report = report;
    this.warmUp = warmUp;
    this.count = count;
  }

  /**
   * Runs them all.
   *
   * @param file makes what a contender starts with, untimed
   * @param messages how many a file must hold afterwards
   * @return messages a second of each contender, by round
   */
  Rates run(List<Contender> contenders, Callable<Path> file, long messages) throws Exception {
    Rates rates = new Rates(contenders);
    for (int round = 0; round < warmUp + count; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        Contender contender = contenders.get((turn + round) % contenders.size());
        Path store = file.call();
        System.gc();
        long begun = System.nanoTime();
        contender.run(store);
        double seconds = (System.nanoTime() - begun) / 1e9;
        requireMessages(store, messages, contender);
        report.doing(
            String.format(Locale.ROOT, "round %d: %.2f s %s", round, seconds, contender.name()));
        if (round == 0) {
          rates.first(contender, messages / seconds);
        }
        if (round >= warmUp) {
          rates.add(contender, messages / seconds);
        }
      }
    }
    return rates;
  }

  /** Nobody is faster for having left something out. */
  private static void requireMessages(Path store, long messages, Contender contender)
      throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM messages),"
                    + " (SELECT count(*) FROM messages WHERE thread_id IS NOT NULL)"
                    + " - (SELECT coalesce(sum(replies), 0) FROM threads)")) {
      row.next();
      if (row.getLong(1) != messages) {
        throw new IllegalStateException(
            contender.name() + " stored " + row.getLong(1) + " messages of " + messages);
      }
      if (row.getLong(2) != 0) {
        throw new IllegalStateException(contender.name() + " lists the threads wrongly");
      }
    }
    Path log = store.resolveSibling(store.getFileName() + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new IllegalStateException(contender.name() + " left a log beside the file");
    }
  }
}
