package dev.strandline.internal.journal;

import dev.strandline.journal.Answer;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.Positions;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One page of the journal before it is written: a question under way, or a conclusion. Asked and
 * answered on its scope's lane, written by the scribe.
 */
public final class Page {
  private final long number;
  private final PassJournal pass;
  private final Purpose purpose;
  private final @Nullable Question question;
  private final int attempt;
  private final DeviceClock clock;
  private final Instant startedAt;
  private final long startedAtNanos;
  private boolean handedIn;

  // The scribe can come to rows of an answer while its end is still arriving.
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bodyBytes = new AtomicLong();
  private volatile Duration took = Duration.ZERO;
  private volatile @Nullable Answer answer;
  private volatile @Nullable String errorKind;

  Page(
      long number,
      PassJournal pass,
      Purpose purpose,
      @Nullable Question question,
      int attempt,
      DeviceClock clock) {
    this.number = number;
    this.pass = pass;
    this.purpose = purpose;
    this.question = question;
    this.attempt = attempt;
    this.clock = clock;
    this.startedAt = clock.now();
    this.startedAtNanos = clock.nanoTime();
  }

  public long number() {
    return number;
  }

  RunJournal journal() {
    return pass.journal();
  }

  @Nullable Question question() {
    return question;
  }

  boolean hasFailed() {
    return errorKind != null;
  }

  boolean isAnswered() {
    return answer != null;
  }

  /** Whether everything that it can hold is known. */
  boolean isComplete() {
    return question == null || isAnswered();
  }

  /** Takes note that rows of it are handed in; answers whether others were before. */
  boolean handIn() {
    boolean before = handedIn;
    handedIn = true;
    return before;
  }

  void requestSent() {
    requests.incrementAndGet();
  }

  void bodyRead(long bytes) {
    bodyBytes.addAndGet(bytes);
  }

  void answered(Answer value) {
    took = sinceStart();
    // A transport that does not tell what it read tells of feeds at least.
    boolean isTold = value.bytes() != null || bodyBytes.get() == 0;
    answer =
        isTold
            ? value
            : new Answer(value.entries(), bodyBytes.get(), value.date(), value.continuation());
  }

  void failed(String kind) {
    took = sinceStart();
    errorKind = kind;
  }

  private Duration sinceStart() {
    return Duration.ofMillis(
        Duration.ofNanos(Math.max(0, clock.nanoTime() - startedAtNanos)).toMillis());
  }

  /** As the journal keeps it. */
  PageEntry entry(
      PageCounts counts,
      @Nullable Positions before,
      @Nullable Positions after,
      PageEntry.State state) {
    return new PageEntry(
        number,
        pass.journal().number(),
        pass.number(),
        purpose,
        question,
        attempt,
        requests.get(),
        startedAt,
        took,
        answer,
        counts,
        before,
        after,
        state,
        errorKind);
  }
}
