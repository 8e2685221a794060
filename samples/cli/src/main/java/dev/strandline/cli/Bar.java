package dev.strandline.cli;

import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Width;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A line that tells how many messages have come, and where the rooms' own counts tell it, of about
 * how many.
 */
final class Bar extends Watching {
  private static final int CELLS = 78;

  private final PrintWriter err;
  private final ProgressBar bar;

  Bar(Labels labels, Expected expected, PrintWriter err) {
    super(labels, expected, System::nanoTime);
    this.err = err;
    // Its own consumer would look for the terminal with native code, in a second or so.
    bar =
        new ProgressBarBuilder()
            .setTaskName("Messages")
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.ASCII)
            .hideEta()
            .setUpdateIntervalMillis(250)
            .setMaxRenderedLength(CELLS)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, CELLS))
            .build();
  }

  private void draw(String line) {
    err.print("\r" + Width.left(Width.cut(line.stripTrailing(), CELLS), CELLS));
    err.flush();
  }

  @Override
  void show(String doing) {
    // Without an end it only counts.
    bar.maxHint(total() == 0 ? -1 : total());
    bar.stepTo(messages());
    String left = timeLeft();
    bar.setExtraMessage(" " + (left.isEmpty() ? "" : left + " left, ") + doing.strip());
  }

  @Override
  void note(String what) {
    bar.setExtraMessage(" " + Harmless.line(what));
  }

  @Override
  public void close() {
    bar.close();
    err.print("\r" + " ".repeat(CELLS) + "\r");
    err.flush();
  }
}
