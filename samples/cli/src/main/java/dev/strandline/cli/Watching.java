package dev.strandline.cli;

import dev.strandline.Progress;
import dev.strandline.ProgressListener;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Moments;
import dev.strandline.model.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a run gets on. Used by the run's thread. */
abstract class Watching implements ProgressListener, AutoCloseable {
  /** Lanes that let another one ask first wait for less. */
  private static final Duration WORTH_NOTING = Duration.ofSeconds(1);

  /** Before that the pace is not known. */
  private static final Duration PACE_KNOWN = Duration.ofSeconds(5);

  private final Labels labels;
  private final Expected expected;
  private final LongSupplier nanoTime;
  private final long begun;
  private long messages;
  private long total;
  private int scopes;
  private int finished;
  private String doing = "";

  Watching(Labels labels, Expected expected, LongSupplier nanoTime) {
    this.labels = labels;
    this.expected = expected;
    this.nanoTime = nanoTime;
    begun = nanoTime.getAsLong();
  }

  /** A bar where a person watches, lines where somebody asked for them, otherwise nothing. */
  static Watching of(StrandlineCommand root, Labels labels, Expected expected, PrintWriter err) {
    if (root.quiet() || !(root.surroundings().watched() || root.verbose())) {
      return new Nothing(labels, expected);
    }
    return root.surroundings().watched()
        ? new Bar(labels, expected, err)
        : new Lines(labels, expected, err, System::nanoTime);
  }

  @Override
  public void progress(Progress progress) {
    if (progress instanceof Progress.Planned planned) {
      scopes = planned.scopes();
      total = expected.atTheStart();
    } else if (progress instanceof Progress.Started started) {
      // Threads that are found on the way come on top of what was planned.
      scopes = Math.max(scopes, finished + 1);
      doing = place() + " " + labels.of(started.scope());
      if (started.scope() instanceof Scope.OfRoom room) {
        total += expected.in(room.room());
      }
      show(doing);
    } else if (progress instanceof Progress.Applied applied) {
      String activity = applied.activity().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      messages += applied.rows();
      show(doing + ", " + activity);
    } else if (progress instanceof Progress.Waiting waiting
        && waiting.duration().compareTo(WORTH_NOTING) >= 0) {
      note("waiting " + Moments.duration(waiting.duration()) + ": " + waiting.reason() + left());
    } else if (progress instanceof Progress.Finished) {
      finished++;
    }
  }

  private String place() {
    return scopes > 1 ? "(" + (finished + 1) + "/" + scopes + ")" : "";
  }

  /** How many messages have come, and of how many where that is known. */
  final long messages() {
    return messages;
  }

  /** How many there are to come in all, about; 0 where that is not known or was less. */
  final long total() {
    return total > messages ? total : 0;
  }

  /** How much is left, and how long that takes. */
  final String left() {
    if (total() == 0) {
      return "";
    }
    String count = "; about " + Moments.number(total() - messages) + " messages left";
    return timeLeft().isEmpty() ? count : count + ", " + timeLeft();
  }

  /** How long what is left takes at the pace so far, waiting included; empty where unknown. */
  final String timeLeft() {
    long elapsed = nanoTime.getAsLong() - begun;
    if (total() == 0 || messages == 0 || elapsed < PACE_KNOWN.toNanos()) {
      return "";
    }
    double seconds = elapsed / 1e9 / messages * (total() - messages);
    return "about " + Moments.duration(Duration.ofSeconds(Math.max(1, (long) seconds)));
  }

  /** The work has got on. */
  abstract void show(String doing);

  /** Something that should be seen even by those who look away. */
  abstract void note(String what);

  @Override
  public abstract void close();

  /** Shows nothing. */
  private static final class Nothing extends Watching {
    Nothing(Labels labels, Expected expected) {
      super(labels, expected, () -> 0);
    }

    @Override
    public void progress(Progress progress) {}

    @Override
    void show(String doing) {}

    @Override
    void note(String what) {}

    @Override
    public void close() {}
  }

  /** A line every few seconds. */
  static final class Lines extends Watching {
    private static final Duration APART = Duration.ofSeconds(3);

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private long shownAt;
    private @Nullable String unshown;

    Lines(Labels labels, Expected expected, PrintWriter err, LongSupplier nanoTime) {
      super(labels, expected, nanoTime);
      this.err = err;
      this.nanoTime = nanoTime;
      shownAt = nanoTime.getAsLong() - APART.toNanos();
    }

    @Override
    void show(String doing) {
      String of = total() == 0 ? "" : " of about " + Moments.number(total());
      unshown = Moments.number(messages()) + of + " messages, " + doing.strip() + left();
      if (nanoTime.getAsLong() - shownAt >= APART.toNanos()) {
        shownAt = nanoTime.getAsLong();
        err.println(unshown);
        unshown = null;
      }
    }

    @Override
    void note(String what) {
      err.println(Harmless.line(what));
    }

    @Override
    public void close() {
      if (unshown != null) {
        err.println(unshown);
      }
    }
  }
}
