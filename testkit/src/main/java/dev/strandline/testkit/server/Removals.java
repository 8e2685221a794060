package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which messages disappear from a room, with or without a trace, and come back.
 * Thread-safe.
 *
 * <p>A tombstone lives 30 days. {@link #writeTombstone} and {@link #removeLive} are the two halves
 * of a deletion, for tests of the moment between them: the server writes the trash first.
 */
public final class Removals {
  private final WorkspaceState state;
  private final RoomLedger ledger;

  Removals(WorkspaceState state, RoomLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /**
   * Deletes a message as the settings say: to the trash; or emptied and marked {@code rm}; or only
   * hidden, which no room answer ever tells; or both kept and marked. The root of a thread with
   * replies is always kept and marked.
   */
  public void delete(String id, FakeUser by) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      boolean root = document.path("tcount").asInt(0) > 0;
      boolean keep = state.settings.keepsHistory() || root;
      boolean show = state.settings.showsDeletedStatus() || root;
      long stamp = state.stamp();
      if (keep && show) {
        Messages.keepHistory(state, row, state.user(by.id()), stamp);
      }
      if (show) {
        mark(document, state.user(by.id()), stamp);
      } else if (keep) {
        document.put("_hidden", true).put("_updatedAt", Json.iso(stamp));
        state.messages.put(document);
      } else {
        state.messageTrash.put(id, document, stamp);
        state.messages.remove(row);
      }
      if (row.tmid() != null) {
        ledger.replyRemoved(row.tmid(), stamp);
        ledger.unreadCleared(row.tmid(), stamp);
      }
      ledger.removed(row.rid(), 1, id, stamp);
    }
  }

  private void mark(ObjectNode document, FakeUser by, long stamp) {
    document.put("msg", "").put("t", "rm");
    document.putArray("urls");
    document.putArray("mentions");
    document.putArray("attachments");
    document.putObject("reactions");
    document.put("editedAt", Json.iso(stamp));
    document.set("editedBy", Messages.editor(by));
    document.remove(List.of("md", "blocks", "tshow"));
    document.put("_updatedAt", Json.iso(stamp));
    state.messages.put(document);
  }

  /**
   * Hides a message without any other trace, as moderation does: it vanishes from the room's
   * answers and leaves no tombstone.
   */
  public void hide(String id) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      document.put("_hidden", true).put("_updatedAt", Json.iso(state.stamp()));
      state.messages.put(document);
    }
  }

  /**
   * Removes a message as the database does when its {@code expireAt} passes: no tombstone, no hint,
   * nothing else written.
   */
  public void expire(String id) {
    synchronized (state) {
      state.messages.remove(state.messages.require(id));
    }
  }

  /**
   * Prunes a room's history as the retention job does: deleted for good whatever the settings say,
   * in order of {@code ts}, with a tombstone each. On a manual clock each takes a millisecond.
   *
   * @return how many were deleted
   */
  public int prune(String rid, PruneRange range) {
    synchronized (state) {
      List<String> ids = new ArrayList<>();
      for (MessageRow row : state.messages.ofRoom(rid)) {
        if (range.covers(row)) {
          ids.add(row.id());
        }
      }
      deleteMany(rid, ids);
      return ids.size();
    }
  }

  /**
   * Deletes all of a user's messages in all rooms (erasure type "Delete") and the user; returns how
   * many messages.
   */
  public int eraseUser(FakeUser user) {
    synchronized (state) {
      List<MessageRow> rows = state.messages.ofUser(user.id());
      rows.stream()
          .collect(
              java.util.stream.Collectors.groupingBy(
                  MessageRow::rid,
                  java.util.LinkedHashMap::new,
                  java.util.stream.Collectors.toList()))
          .forEach((rid, own) -> deleteMany(rid, own.stream().map(MessageRow::id).toList()));
      state.users.remove(user.id());
      return rows.size();
    }
  }

  /**
   * The tombstones one by one, and only then the messages: for that long both exist, though nobody
   * else can look.
   */
  private void deleteMany(String rid, List<String> ids) {
    ids.forEach(this::writeTombstone);
    for (String id : ids) {
      state.messages.remove(state.messages.require(id));
    }
    if (!ids.isEmpty()) {
      ledger.removed(rid, ids.size(), null, state.stamp());
    }
  }

  /**
   * Writes the tombstone of a message that stays live until {@link #removeLive}: the first half of
   * a deletion.
   */
  public void writeTombstone(String id) {
    synchronized (state) {
      state.messageTrash.put(id, state.messages.require(id).document(), state.stamp());
      state.clock.passManually(1);
    }
  }

  /** Removes a live message and leaves the trash as it is: the second half of a deletion. */
  public void removeLive(String id) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      state.messages.remove(row);
      ledger.removed(row.rid(), 1, id, state.stamp());
    }
  }

  /**
   * Sends a deleted message again under its id, with a new stamp; its tombstone stays, so that it
   * is in both answers.
   */
  public void recreate(String id) {
    synchronized (state) {
      TrashRow row = trashed(id);
      ObjectNode document = row.document();
      long stamp = state.stamp();
      document.put("ts", Json.iso(stamp)).put("_updatedAt", Json.iso(stamp));
      ledger.sent(state.messages.put(document), document, stamp);
    }
  }

  /**
   * Moves a message back from the trash with its OLD stamps, as the administrators' script does: no
   * incremental answer will tell.
   */
  public void restoreFromTrash(String id) {
    synchronized (state) {
      ObjectNode document = trashed(id).document();
      state.messageTrash.remove(id);
      state.messages.put(document);
    }
  }

  private TrashRow trashed(String id) {
    state.expireTrash();
    TrashRow row = state.messageTrash.find(id);
    if (row == null || state.messages.find(id) != null) {
      throw new IllegalArgumentException(
          "Message " + id + " is not deleted, or no longer in the trash");
    }
    return row;
  }
}
