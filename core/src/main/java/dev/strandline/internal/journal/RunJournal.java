package dev.strandline.internal.journal;

import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.journal.Ending;
import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Scope;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.StoreWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one run: gives numbers out, and says what the run was. Nothing is decided by it.
 * Safe for several threads once it has begun.
 */
public final class RunJournal {
  private final DeviceClock clock;
  private final JournalLimits limits;
  private final AtomicLong lastPass = new AtomicLong();
  private final AtomicLong lastPage = new AtomicLong();
  private final PassJournal ownPages;
  private final List<PassJournal> passes = new ArrayList<>();
  private RunEntry.Kind kind = RunEntry.Kind.SYNC;
  private String asked = "";
  private boolean counting;
  private boolean omitted;
  private long firstPage = 1;
  private volatile @Nullable RunEntry entry;

  public RunJournal(DeviceClock clock, JournalLimits limits) {
    this.clock = clock;
    this.limits = limits;
    this.ownPages = new PassJournal(this, null, clock);
  }

  /**
   * Says what the run is for, before it begins.
   *
   * @param atLarge what was asked for at large, in a word; null for nothing
   * @param scopes what was asked for by name
   */
  public void is(RunEntry.Kind what, @Nullable String atLarge, List<Scope> scopes) {
    kind = what;
    List<String> names = new ArrayList<>();
    if (atLarge != null) {
      names.add(atLarge);
    }
    scopes.stream().limit(1).map(Scope::toString).forEach(names::add);
    int more = scopes.size() - 1;
    asked = String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  /** Leaves the run out of the journal: it asks about names, and brings no message. */
  public void omit() {
    omitted = true;
  }

  /** The number of the run; 0 where it never came to be one. */
  public long number() {
    RunEntry begun = entry;
    return begun == null ? 0 : begun.number();
  }

  /** For what belongs to no scope. */
  public PassJournal ownPages() {
    return ownPages;
  }

  /**
   * Counts on from what the store holds, for pages that are noted before the run begins: a store
   * that is not the caller's yet takes nothing in.
   */
  public void countFrom(JournalReach reach) {
    if (!counting) {
      counting = true;
      lastPass.set(reach.lastPass());
      lastPage.set(reach.lastPage());
      firstPage = reach.lastPage() + 1;
    }
  }

  /** Begins the run, in the transaction that has found the store to be the caller's. */
  public void begin(StoreWriter writer) {
    JournalReach reach = writer.journalReach();
    countFrom(reach);
    if (omitted) {
      return;
    }
    writer
        .run(reach.lastRun())
        .filter(before -> before.ending() == null)
        .ifPresent(before -> interrupted(writer, before));
    RunEntry begun = RunEntry.begun(reach.lastRun() + 1, kind, asked, firstPage, clock.now());
    writer.putRun(begun);
    writer.pruneJournal(limits, clock.now());
    entry = begun;
  }

  /** A run that did not end while it had the store can only have died. */
  private static void interrupted(StoreWriter writer, RunEntry before) {
    writer.putRun(before.interrupted());
    for (PassEntry pass : writer.passes(before.number())) {
      if (pass.ending() == null) {
        writer.putPass(
            pass.ended(null, Ending.INTERRUPTED, pass.requests(), pass.counts(), pass.errorKind()));
      }
    }
  }

  /** Begins the pass over a scope. */
  public PassJournal pass(Scope scope) {
    PassJournal pass = new PassJournal(this, scope, clock);
    synchronized (passes) {
      passes.add(pass);
    }
    return pass;
  }

  long nextPass() {
    return lastPass.incrementAndGet();
  }

  long nextPage() {
    return lastPage.incrementAndGet();
  }

  /** Writes what belongs to no scope, with what {@code writer} is writing anyway. */
  public void write(StoreWriter writer) {
    if (entry != null) {
      Leaf.writeAll(ownPages.drain(), PageEntry.State.APPLIED, writer);
    }
  }

  /** Removes what exceeds the limits, now and then. */
  void prune(StoreWriter writer, long page) {
    if (page % JournalLimits.PRUNED_EVERY == 0) {
      writer.pruneJournal(limits, clock.now());
    }
  }

  /** Ends the run. */
  public void end(StoreWriter writer, Outcome outcome, int requests, @Nullable Failure stoppedBy) {
    RunEntry begun = entry;
    if (begun == null) {
      return;
    }
    PageCounts sum = PageCounts.NONE;
    synchronized (passes) {
      for (PassJournal pass : passes) {
        if (pass.isUntold()) {
          pass.write(writer);
        }
        sum = sum.plus(pass.counts());
      }
    }
    write(writer);
    writer.putRun(
        begun.ended(
            clock.now(),
            ending(outcome),
            requests,
            sum,
            stoppedBy == null ? null : stoppedBy.kind()));
  }

  static Ending ending(Outcome outcome) {
    return switch (outcome) {
      case COMPLETE -> Ending.COMPLETE;
      case PARTIAL -> Ending.PARTIAL;
      case FAILED -> Ending.FAILED;
    };
  }
}
