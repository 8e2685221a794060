package dev.strandline.journal;

import java.time.Duration;

/**
 * How much of the journal is kept.
 *
 * <p>At most {@code pages} rows of each kind (runs, passes, pages), the newest. Of those that
 * changed nothing at most a tenth of that, so that an application which asks every minute keeps the
 * pages that did something for years. Nothing that is older than {@code age}. The newest of each
 * kind always stays. What is too much goes as a run begins and every {@value #PRUNED_EVERY} pages,
 * in the transaction of the page; in between there can be that many more.
 *
 * @param pages 100 to 10,000,000
 * @param age by the device's clock, at least a day
 */
public record JournalLimits(int pages, Duration age) {
  /** How many pages are written before it is looked again for what is too much. */
  public static final int PRUNED_EVERY = 256;

  public JournalLimits {
    if (pages < 100 || pages > 10_000_000) {
      throw new IllegalArgumentException("pages must be 100 to 10000000, not " + pages);
    }
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("age must be at least 1 day, not " + age);
    }
  }

  /** 20,000 pages, about 4 megabytes, and 365 days. */
  public static JournalLimits standard() {
    return new JournalLimits(20_000, Duration.ofDays(365));
  }

  /** How many of those that changed nothing are kept. */
  public int quiet() {
    return pages / 10;
  }
}
