package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Fills rooms with a believable conversation, quickly and repeatably: several people, links,
 * mentions, reactions, edits, threads, and stamps that coincide. A million messages take seconds.
 * Thread-safe; holds the workspace's lock while it works.
 */
public final class Conversation {
  private static final String[] WORDS =
      ("the a tide wind harbour rope sail pier deploy build review release log branch query page cursor today later done"
              + " broken fixed again please look check thanks agreed why because before after tomorrow meeting server client"
              + " index table slow fast green red morning coffee lunch weekend anchor reef swell salt boat chart")
          .split(" ");
  private static final String[] EMOJI = {":+1:", ":tada:", ":eyes:", ":heart:"};

  private final WorkspaceState state;
  private final RoomLedger ledger;

  Conversation(WorkspaceState state, RoomLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /**
   * What a filling looks like.
   *
   * @param messages how many messages, replies included
   * @param threads how many of them open a thread; about one message in five then answers one
   * @param replies whether threads get replies at all
   * @param start when the first was sent
   * @param spacing the mean time between two
   * @param textBytes how long the texts are on average; 180 makes a document of about 700 bytes
   */
  public record Plan(
      int messages, int threads, boolean replies, Instant start, Duration spacing, int textBytes) {

    /**
     * A plan with a thread for each hundred messages, one message each 20 seconds, ending at {@code
     * end}, texts of 180 bytes.
     */
    public static Plan endingAt(Instant end, int messages) {
      Duration spacing = Duration.ofSeconds(20);
      // A second is left for the last stamp, which follows its ts.
      Instant start = end.minusSeconds(1).minus(spacing.multipliedBy(messages));
      return new Plan(messages, messages / 100, true, start, spacing, 180);
    }

    /** The same plan with another number of threads. */
    public Plan withThreads(int count) {
      return new Plan(messages, count, replies, start, spacing, textBytes);
    }

    /** The same plan with texts of another length. */
    public Plan withTextBytes(int bytes) {
      return new Plan(messages, threads, replies, start, spacing, bytes);
    }
  }

  /** Fills a room with this many messages that end at the present; see {@link Plan#endingAt}. */
  public void fill(String rid, int messages) {
    fill(rid, Plan.endingAt(state.clock.now(), messages));
  }

  /**
   * Fills a room. Authors are the room's members, or all users where it has none. The clock is not
   * moved; one message in thirty shares its {@code _updatedAt} with the one before.
   */
  public void fill(String rid, Plan plan) {
    synchronized (state) {
      state.room(rid);
      List<FakeUser> authors = authors(rid);
      if (authors.isEmpty()) {
        throw new IllegalStateException("A conversation needs a user");
      }
      new Writer(rid, plan, authors).write();
    }
  }

  private List<FakeUser> authors(String rid) {
    List<FakeUser> members = new ArrayList<>();
    for (FakeUser user : state.users.values()) {
      if (state.subscription(rid, user.id()) != null) {
        members.add(user);
      }
    }
    return members.isEmpty() ? List.copyOf(state.users.values()) : members;
  }

  /** One filling at work. */
  private final class Writer {
    private final String rid;
    private final Plan plan;
    private final List<FakeUser> authors;
    private final Random random = new Random(state.random.nextLong());
    private final List<ObjectNode> roots = new ArrayList<>();
    private long written;
    private int batch;
    private long batchStamp;
    private long ts;
    private long updatedAt;

    Writer(String rid, Plan plan, List<FakeUser> authors) {
      this.rid = rid;
      this.plan = plan;
      this.authors = authors;
      ts = plan.start().toEpochMilli();
    }

    void write() {
      int everyRoot =
          plan.threads() == 0 ? Integer.MAX_VALUE : Math.max(1, plan.messages() / plan.threads());
      ObjectNode lastInTimeline = null;
      for (int i = 0; i < plan.messages(); i++) {
        ObjectNode document = next();
        if (plan.replies() && !roots.isEmpty() && i % everyRoot != 0 && random.nextInt(5) == 0) {
          reply(document);
        } else {
          lastInTimeline = document;
          if (i % everyRoot == 0 && roots.size() < plan.threads()) {
            roots.add(document);
          }
        }
        state.messages.put(document);
      }
      // A root's counters follow its replies: it is put once more, with the stamp of its last one.
      roots.stream().filter(root -> root.has("tcount")).forEach(state.messages::put);
      finishRoom(lastInTimeline);
    }

    private ObjectNode next() {
      // Each in its own slot: the order is that of sending, and the last is not later than planned.
      long slot = plan.spacing().toMillis();
      ts = plan.start().toEpochMilli() + written * slot + (slot > 1 ? random.nextLong(slot) : 0);
      written++;
      updatedAt = batch > 0 ? batchStamp : ts + 20 + random.nextInt(80);
      if (batch > 0) {
        batch--;
      } else if (random.nextInt(60) == 0) {
        startBatch(slot);
      }
      FakeUser author = authors.get(random.nextInt(authors.size()));
      String text = text();
      ObjectNode document = Messages.document(id(), rid, author, text, ts, updatedAt);
      MessageText.describe(document, text, state.users);
      if (random.nextInt(12) == 0) {
        ArrayNode names =
            document
                .putObject("reactions")
                .putObject(EMOJI[random.nextInt(EMOJI.length)])
                .putArray("usernames");
        names.add(authors.get(random.nextInt(authors.size())).username());
      }
      if (random.nextInt(40) == 0) {
        document.put("editedAt", Json.iso(updatedAt));
        document.set("editedBy", Messages.editor(author));
      }
      return document;
    }

    /**
     * The next few messages get one stamp, as when a batch of them is marked as read in one write.
     */
    private void startBatch(long slot) {
      batch = (int) Math.min(2 + random.nextInt(10), plan.messages() - written);
      batchStamp = plan.start().toEpochMilli() + (written + batch) * slot + 50;
    }

    private void reply(ObjectNode document) {
      int recent = Math.min(roots.size(), 8);
      ObjectNode root = roots.get(roots.size() - 1 - random.nextInt(recent));
      document.put("tmid", root.path("_id").asText());
      root.put("tcount", root.path("tcount").asInt(0) + 1);
      root.put("tlm", Json.iso(ts));
      ArrayNode replies = root.withArrayProperty("replies");
      String author = document.path("u").path("_id").asText();
      boolean known = false;
      for (var id : replies) {
        known |= author.equals(id.textValue());
      }
      if (!known) {
        replies.add(author);
      }
      root.put("_updatedAt", Json.iso(updatedAt));
    }

    private void finishRoom(@org.jspecify.annotations.Nullable ObjectNode last) {
      if (last == null) {
        return;
      }
      MessageRow row = state.messages.require(last.path("_id").asText());
      ledger.sent(row, row.document(), updatedAt);
      ObjectNode room = state.room(rid);
      room.put("msgs", room.path("msgs").asInt() + plan.messages() - 1);
    }

    private String id() {
      return state.newId();
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      int length = plan.textBytes() / 2 + random.nextInt(plan.textBytes() + 1);
      if (random.nextInt(15) == 0) {
        text.append('@').append(authors.get(random.nextInt(authors.size())).username()).append(' ');
      }
      do {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      } while (text.length() < length);
      if (random.nextInt(20) == 0) {
        text.append("https://example.org/notes/").append(random.nextInt(10_000)).append(' ');
      }
      return text.substring(0, text.length() - 1);
    }
  }
}
