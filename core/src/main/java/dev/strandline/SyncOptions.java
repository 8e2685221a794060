package dev.strandline;

import dev.strandline.journal.JournalLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an engine works. Immutable; {@link #defaults()} is right for most. */
public final class SyncOptions {
  private static final SyncOptions DEFAULTS = builder().build();
  private static final int MOST_A_PAGE = 100_000;
  private static final int TIMES_LARGER = 10;

  private final int pageSize;
  private final @Nullable Integer largestPage;
  private final Duration lookback;
  private final History history;
  private final ThreadMode threads;
  private final GoneRooms goneRooms;
  private final RetryPolicy retry;
  private final int lanes;
  private final Duration sweepWithin;
  private final JournalLimits journal;

  private SyncOptions(Builder builder) {
    pageSize = builder.pageSize;
    largestPage = builder.largestPage;
    lookback = builder.lookback;
    history = builder.history;
    threads = builder.threads;
    goneRooms = builder.goneRooms;
    retry = builder.retry;
    lanes = builder.lanes;
    sweepWithin = builder.sweepWithin;
    journal = builder.journal;
  }

  /** The defaults that the builder's methods name. */
  public static SyncOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Starts options from these. */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.largestPage = largestPage;
    return builder
        .pageSize(pageSize)
        .lookback(lookback)
        .history(history)
        .threads(threads)
        .goneRooms(goneRooms)
        .retry(retry)
        .lanes(lanes)
        .sweepWithin(sweepWithin)
        .journal(journal);
  }

  public int pageSize() {
    return pageSize;
  }

  /** What {@link Builder#largestPage} says, or else ten times the page size, at most 100,000. */
  public int largestPage() {
    return largestPage != null
        ? Math.max(pageSize, largestPage)
        : Math.min(TIMES_LARGER * pageSize, MOST_A_PAGE);
  }

  public Duration lookback() {
    return lookback;
  }

  public History history() {
    return history;
  }

  public ThreadMode threads() {
    return threads;
  }

  public GoneRooms goneRooms() {
    return goneRooms;
  }

  public RetryPolicy retry() {
    return retry;
  }

  public int lanes() {
    return lanes;
  }

  public Duration sweepWithin() {
    return sweepWithin;
  }

  public JournalLimits journal() {
    return journal;
  }

  /** Collects options; each has a default. Not safe for several threads. */
  public static final class Builder {
    private int pageSize = 1000;
    private @Nullable Integer largestPage;
    private Duration lookback = Duration.ofMinutes(2);
    private History history = History.all();
    private ThreadMode threads = ThreadMode.AUTO;
    private GoneRooms goneRooms = GoneRooms.FREEZE;
    private RetryPolicy retry = RetryPolicy.standard();
    private int lanes = 8;
    private Duration sweepWithin = Duration.ofHours(6);
    private JournalLimits journal = JournalLimits.standard();

    private Builder() {}

    /**
     * How many messages of a room to ask for at first, 1 to 100,000; default 1,000. From there
     * pages grow while answers are small, see {@link #largestPage}, and a page that takes too long
     * is asked for again with a quarter of it, down to 50 (R15). The engine asks for more where a
     * smaller page could lose something (R3, R4).
     */
    public Builder pageSize(int value) {
      if (value < 1 || value > MOST_A_PAGE) {
        throw new IllegalArgumentException("pageSize must be 1 to 100000, not " + value);
      }
      pageSize = value;
      return this;
    }

    /**
     * How many messages a page grows to at most, 1 to 100,000; default ten times {@link #pageSize},
     * which it never goes below. It doubles with each full page of up to 4 MiB. Larger pages cost
     * fewer requests, and more is read again where one breaks off. With the page size itself all
     * pages are of one size.
     */
    public Builder largestPage(int value) {
      if (value < 1 || value > MOST_A_PAGE) {
        throw new IllegalArgumentException("largestPage must be 1 to 100000, not " + value);
      }
      largestPage = value;
      return this;
    }

    /**
     * How far behind its watermark a pass starts, zero to one day; default two minutes (R5). It has
     * to be longer than the clocks of the server's processes disagree and than a write takes to
     * become visible. Zero trusts them to be perfect.
     */
    public Builder lookback(Duration value) {
      if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("lookback must be 0 to 1 day, not " + value);
      }
      lookback = value;
      return this;
    }

    /** How much history to read of a room; default all of it. */
    public Builder history(History value) {
      history = value;
      return this;
    }

    /** Which threads to follow with requests of their own; default {@link ThreadMode#AUTO}. */
    public Builder threads(ThreadMode value) {
      threads = value;
      return this;
    }

    /** What to do with rooms that are gone; default {@link GoneRooms#FREEZE}. */
    public Builder goneRooms(GoneRooms value) {
      goneRooms = value;
      return this;
    }

    /** When to try again; default {@link RetryPolicy#standard()}. */
    public Builder retry(RetryPolicy value) {
      retry = value;
      return this;
    }

    /**
     * How many rooms to work on at a time, 1 to 64; default 8. Each takes a thread and a connection
     * while it lasts, and the calling thread writes for all. With 1 everything is done on the
     * calling thread, in turn.
     */
    public Builder lanes(int value) {
      if (value < 1 || value > 64) {
        throw new IllegalArgumentException("lanes must be 1 to 64, not " + value);
      }
      lanes = value;
      return this;
    }

    /**
     * How long a run for {@link SyncRequest#changes()} leaves a room alone at most of which the
     * server tells no news, zero to 20 days; default six hours. So long can an edit of an older
     * message stay unseen. Longer than that, deletions could be forgotten (R10).
     */
    public Builder sweepWithin(Duration value) {
      if (value.isNegative() || value.compareTo(Duration.ofDays(20)) > 0) {
        throw new IllegalArgumentException("sweepWithin must be 0 to 20 days, not " + value);
      }
      sweepWithin = value;
      return this;
    }

    /**
     * How much to keep of what runs did; default {@link JournalLimits#standard()}. It is pruned by
     * runs only, and by the limits of the one that does.
     */
    public Builder journal(JournalLimits value) {
      journal = value;
      return this;
    }

    public SyncOptions build() {
      return new SyncOptions(this);
    }
  }
}
