package dev.strandline.testkit.simulation;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/** What happened, for whoever has to find out why; writes nothing where nobody reads. */
final class Trace {
  private final @Nullable StringBuilder text;

  private Trace(@Nullable StringBuilder text) {
    this.text = text;
  }

  static Trace none() {
    return new Trace(null);
  }

  static Trace written() {
    return new Trace(new StringBuilder());
  }

  boolean isWritten() {
    return text != null;
  }

  /** Writes a line; each {@code %s} is filled in only where somebody reads. */
  void line(String template, @Nullable Object... details) {
    if (text != null) {
      text.append(filled(template, details)).append('\n');
    }
  }

  static String filled(String template, @Nullable Object... details) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object detail : details) {
      int hole = template.indexOf("%s", from);
      filled.append(template, from, hole).append(detail);
      from = hole + 2;
    }
    return filled.append(template.substring(from)).toString();
  }

  void event(int number, long now, Event event) {
    line("%s  %s  %s", number, ServerTime.ofEpochMilli(now), event);
  }

  void asked(int request, String route, @Nullable Object question) {
    line("        request %s  %s %s", request, route, question == null ? "" : question);
  }

  void answer(int rows, @Nullable ServerTime continuation) {
    line("          %s rows%s", rows, continuation == null ? "" : ", cut off at " + continuation);
  }

  void within(Event.Within event) {
    line("          %s", event);
  }

  @Override
  public String toString() {
    return text == null ? "" : text.toString();
  }
}
