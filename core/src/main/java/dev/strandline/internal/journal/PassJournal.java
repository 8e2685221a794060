package dev.strandline.internal.journal;

import dev.strandline.Failure;
import dev.strandline.ScopeReport;
import dev.strandline.journal.Ending;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.model.Scope;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.StoreWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal of what a run does in one scope, or in none. Pages that are applied are written with
 * their rows; the others, such as tries that failed, with whatever is written next.
 *
 * <p>Used by the scope's lane, save for what is said to be the scribe's.
 */
public final class PassJournal {
  private final RunJournal journal;
  private final @Nullable Scope scope;
  private final DeviceClock clock;
  private final Instant startedAt;
  private final List<Page> waiting = new ArrayList<>();
  private Purpose purpose = Purpose.CATCH_UP;
  private @Nullable Page current;
  private @Nullable Question failedQuestion;
  private int tries;
  private int requests;
  private boolean announced;
  private @Nullable PassEntry ended;
  private List<Page> rest = List.of();

  private final Object lock = new Object();
  private long number;
  private PageCounts counts = PageCounts.NONE;
  private boolean told;

  /**
   * @param scope null for what belongs to none
   */
  PassJournal(RunJournal journal, @Nullable Scope scope, DeviceClock clock) {
    this.journal = journal;
    this.scope = scope;
    this.clock = clock;
    this.startedAt = clock.now();
  }

  RunJournal journal() {
    return journal;
  }

  /** The pass's number; 0 for pages that belong to no scope. Not before the run has begun. */
  long number() {
    synchronized (lock) {
      if (number == 0 && scope != null) {
        number = journal.nextPass();
      }
      return number;
    }
  }

  /** Says why what follows is asked. */
  public void now(Purpose value) {
    purpose = value;
  }

  // --- asking ----------------------------------------------------------------------------------

  /** A question is about to be asked. */
  Page ask(Question question) {
    setAside();
    tries = question.equals(failedQuestion) ? tries + 1 : 1;
    failedQuestion = null;
    Page page = new Page(journal.nextPage(), this, purpose, question, tries, clock);
    current = page;
    return page;
  }

  void requestSent(Page page) {
    requests++;
    page.requestSent();
  }

  /** The question has failed. What was handed in of its answer stays, and is written with it. */
  void failed(Page page, String kind) {
    page.failed(kind);
    failedQuestion = page.question();
    setAside();
  }

  // --- handing in ------------------------------------------------------------------------------

  /** What goes into the journal with rows that are handed in now. */
  public Leaf handIn() {
    Page page = current;
    if (page == null) {
      boolean concluding = purpose == Purpose.RECONCILE || purpose == Purpose.COUNT;
      Purpose why = concluding ? Purpose.CONCLUDE : purpose;
      page = new Page(journal.nextPage(), this, why, null, 1, clock);
    }
    boolean complete = page.isComplete();
    if (complete) {
      current = null;
    }
    return new Leaf(
        page,
        page.handIn(),
        complete ? PageEntry.State.APPLIED : PageEntry.State.UNFINISHED,
        drain(),
        announce());
  }

  /** What has been waiting to be written: pages of which nothing is applied any more. */
  List<Page> drain() {
    setAside();
    List<Page> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** A page that was answered, or has failed, and that nothing is handed in from any more. */
  private void setAside() {
    Page page = current;
    if (page != null && (page.isAnswered() || page.hasFailed())) {
      waiting.add(page);
      current = null;
    }
  }

  /** The pass as it begins; null where it has been told of before. */
  private @Nullable PassEntry announce() {
    boolean first = !announced;
    announced = true;
    return first ? begun() : null;
  }

  private @Nullable PassEntry begun() {
    return scope == null ? null : PassEntry.begun(number(), journal.number(), scope, startedAt);
  }

  /** The scope's work has ended; {@link #write} then tells. */
  public void end(ScopeReport report) {
    Failure failure = report.failure();
    end(RunJournal.ending(report.outcome()), failure);
  }

  /** Nothing was done in the scope, since {@code failure} would have ended it too. */
  public void skip(Failure failure) {
    end(Ending.SKIPPED, failure);
  }

  private void end(Ending how, @Nullable Failure failure) {
    rest = drain();
    PassEntry begun = begun();
    if (begun != null) {
      ended =
          begun.ended(
              clock.now(), how, requests, counts(), failure == null ? null : failure.kind());
    }
  }

  // --- the scribe's ----------------------------------------------------------------------------

  /** A part of a page is committed. */
  public void committed(PageCounts part) {
    synchronized (lock) {
      counts = counts.plus(part);
    }
  }

  /** What has become of the pages so far. */
  PageCounts counts() {
    synchronized (lock) {
      return counts;
    }
  }

  /** Writes how the pass has ended; doing it twice changes nothing. */
  public void write(StoreWriter writer) {
    Leaf.writeAll(rest, PageEntry.State.LOOKED_AT, writer);
    if (ended != null) {
      writer.putPass(ended);
    }
    synchronized (lock) {
      told = true;
    }
  }

  /** Whether {@link #write} is still to be done. */
  boolean isUntold() {
    synchronized (lock) {
      return !told;
    }
  }
}
