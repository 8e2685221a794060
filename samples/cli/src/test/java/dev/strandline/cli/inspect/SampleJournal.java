package dev.strandline.cli.inspect;

import dev.strandline.journal.Answer;
import dev.strandline.journal.Ending;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs for a sample: 120 that changed nothing, one over every room with more passes and pages than
 * one page shows, and one that has not ended. Message {@code told} was stored by one page, replaced
 * by the next; {@code gone-told} was stored and removed.
 */
final class SampleJournal {
  static final int RUNS = 122;
  static final int BIG_RUN = 121;
  static final int PASSES = 110;
  static final int PAGES = 220;

  private static final Instant BEGAN = Instant.ofEpochMilli(Sample.NOW - 10 * Sample.MINUTE);

  private SampleJournal() {}

  static void write(StoreWriter writer) {
    for (int run = 1; run < BIG_RUN; run++) {
      RunEntry begun =
          RunEntry.begun(run, RunEntry.Kind.SYNC, "everything", 1, BEGAN.minusSeconds(600 - run));
      Instant end = begun.startedAt().plusMillis(run);
      writer.putRun(begun.ended(end, Ending.COMPLETE, 1, PageCounts.NONE, null));
    }
    RunEntry big = RunEntry.begun(BIG_RUN, RunEntry.Kind.SYNC, "everything", 1, BEGAN);
    PageCounts counts = new PageCounts(1200, 30, 4, 0, 4, 12, 1, 0, 2);
    writer.putRun(big.ended(BEGAN.plusSeconds(70), Ending.PARTIAL, PAGES, counts, "rate-limited"));
    for (int i = 0; i < PASSES; i++) {
      Scope scope =
          i == 0 ? Scope.room(Sample.SQUARE) : Scope.room(new RoomId("r%03d".formatted(i - 1)));
      PassEntry pass = PassEntry.begun(i + 1, BIG_RUN, scope, BEGAN.plusMillis(i * 600L));
      Instant end = BEGAN.plusMillis(i * 600L + 550);
      writer.putPass(pass.ended(end, Ending.COMPLETE, 2, counts, null));
    }
    for (int i = 1; i <= PAGES; i++) {
      writer.putPage(page(i, i / 2 + 1, i == 7 ? "server-error" : null));
    }
    writer.onBehalfOf(1);
    writer.putMessage(message("told", "first words"), Origin.ROOM);
    writer.putMessage(message("gone-told", "soon gone"), Origin.ROOM);
    writer.onBehalfOf(2);
    writer.putMessage(message("told", "last words"), Origin.ROOM);
    MessageId gone = new MessageId("gone-told");
    writer.putTombstone(
        Sample.SQUARE, Tombstone.deleted(gone, new ServerTime(Sample.NOW - 9 * Sample.MINUTE)));
    writer.removeMessage(gone);
    writer.onBehalfOf(0);
    writer.putRun(
        RunEntry.begun(
            RUNS, RunEntry.Kind.RECONCILE, "room:square", PAGES + 1, BEGAN.plusSeconds(90)));
  }

  private static Message message(String id, String text) {
    return Sample.message(Sample.SQUARE, id, Sample.NOW - 20 * Sample.MINUTE, text);
  }

  private static PageEntry page(int number, int pass, @Nullable String error) {
    Question question =
        new Question(
            Question.What.HISTORY, "chat.syncMessages", null, new ServerTime(Sample.NOW), 100);
    Answer answer =
        error != null
            ? null
            : new Answer(100, 54_321L, new ServerTime(Sample.NOW), new ServerTime(Sample.NOW - 5));
    return new PageEntry(
        number,
        BIG_RUN,
        Math.min(pass, PASSES),
        Purpose.HISTORY,
        question,
        1,
        1,
        BEGAN.plusMillis(number * 300L),
        Duration.ofMillis(100 + number),
        answer,
        new PageCounts(5, 0, 0, 0, 0, 95, 0, 0, 0),
        null,
        null,
        error == null ? PageEntry.State.APPLIED : PageEntry.State.FAILED,
        error);
  }
}
