package dev.strandline.internal.engine;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a workspace, and what people, administrators and slow app servers do to them.
 * Times are server milliseconds; time passes only where a test lets it.
 */
final class Workspace {
  static final RoomId ROOM = new RoomId("R");

  /** For how long the server remembers a deletion (R10). */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** A message that the server still has. */
  static final class Post {
    final String id;
    final RoomId room;
    final @Nullable String root;
    final long sentAt;
    long stamp;
    String text = "";
    int replies;

    /** Gone for people, and still in the collection (R11). */
    boolean hidden;

    /** Shown in a form that no client understands (R14). */
    boolean garbled;

    Post(String id, RoomId room, @Nullable String root, long sentAt) {
      this.id = id;
      this.room = room;
      this.root = root;
      this.sentAt = sentAt;
      this.stamp = sentAt;
    }
  }

  /** What is left of a deleted message. */
  record Grave(RoomId room, @Nullable String root, long deletedAt, long stamp) {}

  final Map<String, Post> posts = new LinkedHashMap<>();
  final Map<String, Grave> graves = new LinkedHashMap<>();
  private long now = 1_700_000_000_000L;

  long now() {
    return now;
  }

  ServerTime time() {
    return ServerTime.ofEpochMilli(now);
  }

  /** Lets time pass, or sets the server's clock back. */
  void pass(Duration duration) {
    now += duration.toMillis();
    long forgotten = now - REMEMBERED.toMillis();
    graves.values().removeIf(grave -> grave.deletedAt() < forgotten);
  }

  Post post(String id) {
    return post(id, ROOM);
  }

  Post post(String id, RoomId room) {
    return put(new Post(id, room, null, now));
  }

  /** Sends {@code count} messages a while after each other. */
  void posts(String prefix, int count, Duration apart) {
    for (int i = 0; i < count; i++) {
      post(prefix + i);
      pass(apart);
    }
  }

  Post reply(String id, String root) {
    touch(root, 1);
    return put(new Post(id, the(root).room, root, now));
  }

  /** Brings a message back that was sent so many milliseconds after the first, with that stamp. */
  Post restore(String id, long after) {
    long first = posts.values().stream().mapToLong(post -> post.sentAt).min().orElse(now);
    graves.remove(id);
    return put(new Post(id, ROOM, null, first + after));
  }

  private Post put(Post post) {
    posts.put(post.id, post);
    return post;
  }

  Post edit(String id) {
    the(id).stamp = now;
    return the(id);
  }

  void delete(String id) {
    bury(id);
    Post post = the(id);
    posts.remove(id);
    touch(post.root, -1);
  }

  /** Writes the tombstone only: a prune removes its messages later. */
  void bury(String id) {
    Post post = the(id);
    graves.put(id, new Grave(post.room, post.root, now, post.stamp));
  }

  /** Removes the message only. */
  void unlink(String id) {
    posts.remove(id);
  }

  /** Deletes as a workspace does that keeps history: nobody is told. */
  void hide(String id) {
    Post post = edit(id);
    post.hidden = true;
    touch(post.root, -1);
  }

  /** Every reply, and the deletion of every reply, writes the root. */
  private void touch(@Nullable String root, int replies) {
    Post post = root == null ? null : posts.get(root);
    if (post != null) {
      post.replies += replies;
      post.stamp = now;
    }
  }

  Post the(String id) {
    Post post = posts.get(id);
    if (post == null) {
      throw new IllegalArgumentException("no message " + id);
    }
    return post;
  }

  /** The ids of what people see in {@link #ROOM}. */
  Set<String> shown() {
    Set<String> ids = new TreeSet<>();
    for (Post post : posts.values()) {
      if (post.room.equals(ROOM) && !post.hidden) {
        ids.add(post.id);
      }
    }
    return ids;
  }
}
