package dev.strandline.cli.text;

import dev.strandline.journal.Ending;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/** What the journal holds, in words. */
public final class JournalWords {
  private JournalWords() {}

  /** What a run was for, such as {@code sync everything}. */
  public static String run(RunEntry run) {
    return switch (run.kind()) {
      case SYNC -> "sync " + run.asked();
      case RECONCILE -> "reconcile " + run.asked();
      case COMPARE -> "compare " + run.asked();
    };
  }

  /** How something ended; what has not may have been interrupted, or be at it. */
  public static String ending(@Nullable Ending ending) {
    return ending == null ? "not ended" : ending.word();
  }

  /** Why something was asked. */
  public static String purpose(Purpose purpose) {
    return switch (purpose) {
      case HANDSHAKE -> "meet the server";
      case DIRECTORY -> "find rooms";
      case ANCHOR -> "anchor";
      case CATCH_UP -> "catch up";
      case HISTORY -> "history";
      case RECONCILE -> "reconcile";
      case COUNT -> "count";
      case CONCLUDE -> "conclude";
      case THREAD -> "thread";
      case SETTLE -> "still there?";
      case FIND_ROOT -> "find the root";
      case CONFIRM -> "still ours?";
      case COMPARE -> "compare";
    };
  }

  /** What was asked, such as {@code history before 2025-10-09 11:03:12, 1000 at most}. */
  public static String question(@Nullable Question question, Moments moments) {
    if (question == null) {
      return "nothing";
    }
    String asked =
        switch (question.what()) {
          case UPDATED -> "updates";
          case DELETED -> "deletions";
          case HISTORY -> "history";
          case SINCE -> "everything";
          case THREAD_SINCE -> "the thread";
          case LISTING -> "rows of the listing";
          case MESSAGE -> "one message";
          case SETTINGS -> "the settings";
          case SUBSCRIPTIONS -> "subscriptions";
          case ROOMS -> "rooms";
        };
    String bounds =
        bound(" after ", question.after(), moments) + bound(" before ", question.before(), moments);
    return asked + bounds + (question.count() == 0 ? "" : ", " + question.count() + " at most");
  }

  private static String bound(String word, @Nullable ServerTime time, Moments moments) {
    boolean none = time == null || time.equals(ServerTime.EPOCH) || time.equals(ServerTime.MAX);
    return none ? "" : word + moments.second(time);
  }

  /** How a page ended: nothing to say where it was applied. */
  public static String state(PageEntry page) {
    return switch (page.state()) {
      case APPLIED -> "";
      case UNFINISHED -> "unfinished";
      case LOOKED_AT -> "looked at";
      case FAILED -> page.errorKind() == null ? "failed" : page.errorKind();
    };
  }
}
