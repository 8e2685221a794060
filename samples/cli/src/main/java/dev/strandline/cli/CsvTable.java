package dev.strandline.cli;

import dev.strandline.OverallCoverage;
import dev.strandline.RoomOverview;
import dev.strandline.cli.text.Csv;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One table for spreadsheets: a line of headings, then a row each. */
final class CsvTable implements ExportForm {
  private static final List<String> ROOMS =
      List.of(
          "room_id",
          "room",
          "type",
          "membership",
          "messages",
          "threads",
          "tombstones",
          "quarantined",
          "unread",
          "coverage",
          "complete_from",
          "as_of",
          "cause",
          "in_question");
  private static final List<String> MESSAGES =
      List.of(
          "room_id",
          "room",
          "message_id",
          "sent_at",
          "updated_at",
          "author",
          "type",
          "thread_id",
          "replies",
          "text");
  private static final List<String> TOMBSTONES =
      List.of("room_id", "room", "message_id", "gone_at", "reason");

  private final Csv csv;
  private final Part part;
  private final UnaryOperator<String> shown;

  /**
   * A table of {@code part}.
   *
   * @param shown what becomes of texts and names before they are quoted
   */
  CsvTable(Csv csv, Part part, UnaryOperator<String> shown) {
    this.csv = csv;
    this.part = part;
    this.shown = shown;
  }

  @Override
  public Set<Part> parts() {
    return EnumSet.of(part);
  }

  @Override
  public void begin(List<RoomOverview> rooms, OverallCoverage coverage) {
    csv.row(
        switch (part) {
          case ROOMS -> ROOMS;
          case MESSAGES -> MESSAGES;
          case TOMBSTONES -> TOMBSTONES;
        });
  }

  @Override
  public void room(RoomOverview overview) {
    Room room = overview.room();
    Coverage coverage = overview.coverage();
    csv.row(
        shown(room.id().value()),
        shown(room.name()),
        JsonLines.word(room.type()),
        JsonLines.word(room.membership()),
        Long.toString(overview.counts().messages()),
        Long.toString(overview.counts().threads()),
        Long.toString(overview.counts().tombstones()),
        Long.toString(overview.counts().quarantined()),
        Integer.toString(room.unread()),
        state(coverage),
        coverage instanceof Coverage.Incomplete incomplete ? text(incomplete.from()) : null,
        text(asOf(coverage)),
        coverage instanceof Coverage.Stale stale ? JsonLines.word(stale.cause()) : null,
        Long.toString(overview.counts().inQuestion()));
  }

  private static String state(Coverage coverage) {
    if (coverage instanceof Coverage.Complete) {
      return "complete";
    }
    if (coverage instanceof Coverage.Unknown) {
      return "unknown";
    }
    return coverage instanceof Coverage.Incomplete ? "incomplete" : "stale";
  }

  private static @Nullable ServerTime asOf(Coverage coverage) {
    if (coverage instanceof Coverage.Complete complete) {
      return complete.asOf();
    }
    if (coverage instanceof Coverage.Incomplete incomplete) {
      return incomplete.asOf();
    }
    return coverage instanceof Coverage.Stale stale ? stale.since() : null;
  }

  @Override
  public void message(Room room, Message message) {
    csv.row(
        shown(room.id().value()),
        shown(room.name()),
        shown(message.id().value()),
        message.sentAt().toString(),
        message.updatedAt().toString(),
        shown(message.authorName()),
        shown(message.type()),
        message.thread() == null ? null : shown(message.thread().value()),
        Integer.toString(message.replyCount()),
        MessageLine.isEncrypted(message) ? MessageLine.ENCRYPTED : shown(message.shownText()));
  }

  @Override
  public void tombstone(Room room, Tombstone tombstone) {
    csv.row(
        shown(room.id().value()),
        shown(room.name()),
        shown(tombstone.id().value()),
        tombstone.at().toString(),
        JsonLines.word(tombstone.reason()));
  }

  @Override
  public void end(Sum sum) {}

  private @Nullable String shown(@Nullable String text) {
    return text == null ? null : shown.apply(text);
  }

  private static @Nullable String text(@Nullable ServerTime time) {
    return time == null ? null : time.toString();
  }
}
