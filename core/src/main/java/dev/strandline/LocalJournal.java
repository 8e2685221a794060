package dev.strandline;

import dev.strandline.internal.read.Differences;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Scope;
import java.util.List;
import java.util.Optional;

/**
 * Reads what runs did, as far as the journal has it ({@link SyncOptions#journal()}): runs, their
 * passes over rooms and threads, and the pages of these. Works while a run writes; never asks the
 * server. Safe for several threads. Throws {@link dev.strandline.error.StoreException}s only, save
 * for misuse.
 */
public final class LocalJournal {
  private static final int MOST = 10_000;

  private final Views views;

  LocalJournal(Views views) {
    this.views = views;
  }

  /** Which part of the journal is kept. */
  public JournalReach reach() {
    return views.read(reader -> reader.journalReach());
  }

  /**
   * Runs, newest first.
   *
   * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest
   * @param limit how many at most, 1 to 10,000
   */
  public List<RunEntry> runs(long before, int limit) {
    checkLimit(limit);
    return views.read(reader -> reader.runs(before, limit));
  }

  /** One run; empty where there was none, or it is not kept. */
  public Optional<RunEntry> run(long number) {
    return views.read(reader -> reader.run(number));
  }

  /** The passes of one run that are kept, oldest first. */
  public List<PassEntry> passes(long run) {
    return views.read(reader -> reader.passes(run));
  }

  /**
   * The passes over one room or thread, newest first.
   *
   * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest
   * @param limit how many at most, 1 to 10,000
   */
  public List<PassEntry> passes(Scope scope, long before, int limit) {
    checkLimit(limit);
    return views.read(reader -> reader.passes(scope, before, limit));
  }

  /** One page; empty where there was none, or it is not kept. */
  public Optional<PageEntry> page(long number) {
    return views.read(reader -> reader.page(number));
  }

  /**
   * The pages of one run that are kept, oldest first; those of one of its passes carry its number.
   *
   * @param after only those with a higher number; 0 for all
   * @param limit how many at most, 1 to 10,000
   */
  public List<PageEntry> pages(long run, long after, int limit) {
    checkLimit(limit);
    return views.read(reader -> reader.pages(run, after, limit));
  }

  /**
   * What changed from the end of one run to the end of another. Reads every message.
   *
   * @param from the earlier run, or 0 for the time before the first
   * @param to the later run
   * @return empty where the journal does not have these runs, or not the one after {@code from}, of
   *     which the first page marks the end
   * @throws IllegalArgumentException where {@code to} is not later than {@code from}
   */
  public Optional<RunDiff> diff(long from, long to) {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("run " + to + " does not follow run " + from);
    }
    return views.read(reader -> Differences.between(reader, from, to));
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
    }
  }
}
