package dev.strandline.internal.read;

import dev.strandline.RunDiff;
import dev.strandline.RunDiff.Changed;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.MessageId;
import dev.strandline.spi.StoreReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is stored otherwise after one run than after another, from the pages that the rows
 * name.
 *
 * <p>A row tells of one life of its message: added by one page, last written or removed by another.
 * A message that has been removed and is live again has two rows.
 */
public final class Differences {

  /** The rows of one message. */
  private static final class Lives {
    private @Nullable Written live;
    private @Nullable Written gone;
  }

  /** What one message is to the difference. */
  private enum Difference {
    NONE,
    ADDED,
    CHANGED,
    REMOVED,
    UNSURE
  }

  /** The last pages of the two runs. */
  private final long from;

  private final long to;

  private Differences(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /** The difference between the ends of two runs; empty where the journal does not reach. */
  public static Optional<RunDiff> between(StoreReader reader, long from, long to) {
    boolean known = (from == 0 || reader.run(from).isPresent()) && reader.run(to).isPresent();
    Optional<Long> begin = lastPage(reader, from);
    Optional<Long> end = lastPage(reader, to);
    if (!known || begin.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Differences(begin.get(), end.get()).of(reader, from, to));
  }

  /** A run's pages end where the next one's begin; those of the newest have no end yet. */
  private static Optional<Long> lastPage(StoreReader reader, long run) {
    JournalReach reach = reader.journalReach();
    if (run == reach.lastRun()) {
      return Optional.of(reach.lastPage());
    }
    return reader.run(run + 1).map(next -> next.firstPage() - 1);
  }

  private RunDiff of(StoreReader reader, long fromRun, long toRun) {
    Map<MessageId, Lives> all = new TreeMap<>();
    reader.forEachWrittenAfter(
        from,
        row -> {
          Lives lives = all.computeIfAbsent(row.id(), id -> new Lives());
          if (row.isLive()) {
            lives.live = row;
          } else {
            lives.gone = row;
          }
        });
    List<Changed> added = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    List<Changed> removed = new ArrayList<>();
    List<Changed> unsure = new ArrayList<>();
    all.forEach(
        (id, lives) -> {
          Written row = lives.live != null ? lives.live : lives.gone;
          if (row == null) {
            return;
          }
          Changed it = new Changed(id, row.room());
          switch (difference(lives.live, lives.gone)) {
            case ADDED -> added.add(it);
            case CHANGED -> changed.add(it);
            case REMOVED -> removed.add(it);
            case UNSURE -> unsure.add(it);
            case NONE -> {}
          }
        });
    long letGo = 0;
    long kept = 0;
    for (RunEntry run :
        reader.runs(toRun + 1, (int) Math.min(toRun - fromRun, Integer.MAX_VALUE))) {
      if (run.number() > fromRun) {
        kept++;
        letGo += run.counts().letGo();
      }
    }
    return new RunDiff(
        fromRun, toRun, added, changed, removed, unsure, letGo, toRun - fromRun - kept);
  }

  private Difference difference(@Nullable Written live, @Nullable Written gone) {
    boolean before =
        (live != null && live.added() <= from)
            || (gone != null && gone.added() <= from && gone.removed() > from);
    boolean after =
        (live != null && live.added() <= to)
            || (gone != null && gone.added() <= to && gone.removed() > to);
    if (before != after) {
      return before ? Difference.REMOVED : Difference.ADDED;
    }
    if (!before) {
      return Difference.NONE;
    }
    if (gone != null && gone.removed() > from && gone.removed() <= to) {
      // Gone and live again: another message by the same id.
      return Difference.CHANGED;
    }
    // What is gone since has taken its last page along.
    boolean writtenByThen = live != null && live.added() <= to && live.written() <= to;
    return writtenByThen ? Difference.CHANGED : Difference.UNSURE;
  }
}
