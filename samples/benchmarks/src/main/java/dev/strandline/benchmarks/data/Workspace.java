package dev.strandline.benchmarks.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes the messages of a {@link Shape}, room by room: about 700 bytes of JSON each, replies in
 * threads, edits, stamps that many share, and text that is not all Latin.
 */
public final class Workspace {
  private static final double REPLIES = 0.15;
  private static final double EDITED = 0.05;
  private static final double TIED = 0.04;

  private final Shape shape;

  public Workspace(Shape shape) {
    this.shape = shape;
  }

  public Shape shape() {
    return shape;
  }

  /** A message before its JSON is written. */
  private static final class Draft {
    private final String id;
    private final long sentAt;
    private long updatedAt;
    private int root = -1;
    private int replies;
    private long lastReplyAt;

    Draft(String id, long sentAt) {
      this.id = id;
      this.sentAt = sentAt;
      updatedAt = sentAt;
    }
  }

  /** The messages of one room in the order in which history is read: the newest stamp first. */
  public List<Row> room(int room) {
    SplittableRandom random = new SplittableRandom(shape.seed() * 1_000_003 + room);
    Draft[] drafts = drafts(room, random);
    MessageJson json = new MessageJson(shape.roomId(room), random);
    List<Row> rows = new ArrayList<>(drafts.length);
    for (Draft draft : drafts) {
      rows.add(row(room, draft, drafts, json));
    }
    rows.sort(Comparator.comparingLong(Row::updatedAt).reversed());
    return rows;
  }

  private Draft[] drafts(int room, SplittableRandom random) {
    int count = shape.messagesIn(room);
    long end = Shape.END.toEpochMilli();
    long begin = end - Shape.SPAN.toMillis();
    long[] times = random.longs(count, begin, end - 3_600_000).sorted().toArray();
    Draft[] drafts = new Draft[count];
    Arrays.setAll(drafts, i -> new Draft(Ids.of(shape.seed(), room, i), times[i]));
    for (int i = 1; i < count; i++) {
      if (random.nextDouble() < REPLIES) {
        reply(drafts, i, random);
      }
    }
    for (int i = 0; i < count; i++) {
      Draft draft = drafts[i];
      boolean tied = i > 0 && random.nextDouble() < TIED;
      boolean edited = random.nextDouble() < EDITED;
      draft.updatedAt =
          tied
              ? drafts[i - 1].updatedAt
              : Math.max(draft.updatedAt, draft.lastReplyAt)
                  + random.nextLong(5, 50)
                  + (edited ? random.nextLong(3_500_000) : 0);
      draft.updatedAt = end - (long) ((end - draft.updatedAt) * updatedScale());
    }
    return drafts;
  }

  private double updatedScale() {
    return (double) shape.updatedWithin().toMillis() / Shape.SPAN.toMillis();
  }

  private static void reply(Draft[] drafts, int index, SplittableRandom random) {
    int root = index - 1 - random.nextInt(Math.min(index, 30));
    if (drafts[root].root >= 0) {
      root = drafts[root].root;
    }
    drafts[index].root = root;
    drafts[root].replies++;
    drafts[root].lastReplyAt = drafts[index].sentAt;
  }

  private Row row(int room, Draft draft, Draft[] drafts, MessageJson json) {
    String thread = draft.root < 0 ? null : drafts[draft.root].id;
    Long lastReplyAt = draft.replies == 0 ? null : draft.lastReplyAt;
    String text =
        json.write(
            draft.id, draft.sentAt, draft.updatedAt, thread, draft.replies, draft.lastReplyAt);
    return new Row(
        draft.id,
        shape.roomId(room),
        draft.sentAt,
        draft.updatedAt,
        thread,
        draft.replies,
        lastReplyAt,
        text);
  }

  /** Changes as they come in while nobody looks. */
  public Row changed(int room, int index, boolean isNew, long updatedAt) {
    String id = isNew ? Ids.of(shape.seed() + 1, room, index) : Ids.of(shape.seed(), room, index);
    long sentAt = isNew ? updatedAt : updatedAt - 86_400_000;
    SplittableRandom random = new SplittableRandom(updatedAt + index);
    String json =
        new MessageJson(shape.roomId(room), random).write(id, sentAt, updatedAt, null, 0, 0);
    return new Row(id, shape.roomId(room), sentAt, updatedAt, null, 0, null, json);
  }
}
