package dev.strandline.cli;

import dev.strandline.Progress;
import dev.strandline.ProgressListener;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Moments;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a run gets on. Used by the run's thread. */
abstract class Watching implements ProgressListener, AutoCloseable {
  /** Lanes that let another one ask first wait for less. */
  private static final Duration WORTH_NOTING = Duration.ofSeconds(1);

  private final Labels labels;
  private int scopes;
  private int finished;
  private String doing = "";

  Watching(Labels labels) {
    this.labels = labels;
  }

  /** A bar where a person watches, lines where somebody asked for them, otherwise nothing. */
  static Watching of(StrandlineCommand root, Labels labels, PrintWriter err) {
    if (root.surroundings().watched()) {
      return new Bar(labels, err);
    }
    return root.verbose() ? new Lines(labels, err) : new Nothing(labels);
  }

  @Override
  public void progress(Progress progress) {
    if (progress instanceof Progress.Planned planned) {
      scopes = planned.scopes();
    } else if (progress instanceof Progress.Started started) {
      // Threads that are found on the way come on top of what was planned.
      scopes = Math.max(scopes, finished + 1);
      doing = place() + " " + labels.of(started.scope());
      show(0, doing);
    } else if (progress instanceof Progress.Applied applied) {
      String activity = applied.activity().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      show(applied.rows(), doing + ", " + activity);
    } else if (progress instanceof Progress.Waiting waiting
        && waiting.duration().compareTo(WORTH_NOTING) >= 0) {
      note("waiting " + Moments.duration(waiting.duration()) + ": " + waiting.reason());
    } else if (progress instanceof Progress.Finished) {
      finished++;
    }
  }

  private String place() {
    return scopes > 1 ? "(" + (finished + 1) + "/" + scopes + ")" : "";
  }

  /** Some more rows were applied. */
  abstract void show(int rows, String doing);

  /** Something that should be seen even by those who look away. */
  abstract void note(String what);

  @Override
  public abstract void close();

  /** Shows nothing. */
  private static final class Nothing extends Watching {
    Nothing(Labels labels) {
      super(labels);
    }

    @Override
    void show(int rows, String doing) {}

    @Override
    void note(String what) {}

    @Override
    public void close() {}
  }

  /** A line every few seconds. */
  private static final class Lines extends Watching {
    private static final Duration APART = Duration.ofSeconds(3);

    private final PrintWriter err;
    private long messages;
    private long shownAt = System.nanoTime() - APART.toNanos();
    private @Nullable String unshown;

    Lines(Labels labels, PrintWriter err) {
      super(labels);
      this.err = err;
    }

    @Override
    void show(int rows, String doing) {
      messages += rows;
      unshown = Moments.number(messages) + " messages, " + doing.strip();
      if (System.nanoTime() - shownAt >= APART.toNanos()) {
        shownAt = System.nanoTime();
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
