package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the workspace holds. One lock, this object, guards all of it: callers synchronize
 * on it.
 */
final class WorkspaceState {
  private static final String ID_LETTERS =
      "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

  /** What of a subscription says that it is no membership, where it is none. */
  static final String STATUS = "status";

  final ServerClock clock;
  final Random random;
  final long seed;
  final Map<String, FakeUser> users = new LinkedHashMap<>();
  final Map<String, ObjectNode> rooms = new LinkedHashMap<>();
  final Map<String, ObjectNode> subscriptions = new LinkedHashMap<>();
  final MessageStore messages = new MessageStore();
  final Trash messageTrash = new Trash("message");
  final Trash roomTrash = new Trash("rocketchat_room");
  final Trash subscriptionTrash = new Trash("rocketchat_subscription");
  final WorkspaceSettings settings;
  private @Nullable Long fixedStamp;

  WorkspaceState(ServerClock clock, long seed) {
    this.clock = clock;
    this.seed = seed;
    random = new Random(seed);
    settings = new WorkspaceSettings(this);
  }

  /** The stamp of one write: the clock's, unless an explicit one is in force. */
  long stamp() {
    return fixedStamp == null ? clock.stampWrite() : fixedStamp;
  }

  void withStamp(long stamp, Runnable writes) {
    Long outer = fixedStamp;
    fixedStamp = stamp;
    try {
      writes.run();
    } finally {
      fixedStamp = outer;
    }
  }

  /** Forgets what the trash has kept for its time. Called before the trash is read. */
  void expireTrash() {
    long now = clock.millis();
    messageTrash.expire(now);
    roomTrash.expire(now);
    subscriptionTrash.expire(now);
  }

  String newId() {
    StringBuilder id = new StringBuilder(17);
    for (int i = 0; i < 17; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    return id.toString();
  }

  FakeUser user(String id) {
    FakeUser user = users.get(id);
    if (user == null) {
      throw new IllegalArgumentException("There is no user " + id);
    }
    return user;
  }

  ObjectNode room(String id) {
    ObjectNode room = rooms.get(id);
    if (room == null) {
      throw new IllegalArgumentException("There is no room " + id);
    }
    return room;
  }

  @Nullable ObjectNode subscription(String rid, String userId) {
    for (ObjectNode subscription : subscriptions.values()) {
      if (rid.equals(Json.text(subscription, "rid"))
          && userId.equals(Json.text(subscription.path("u"), "_id"))) {
        return subscription;
      }
    }
    return null;
  }

  /**
   * Whether a user may read a room: a member may, and anyone a public channel unless the workspace
   * forbids it. Who is banned or only invited is no member; who is banned may not read at all.
   */
  boolean mayRead(String rid, String userId) {
    ObjectNode room = rooms.get(rid);
    if (room == null) {
      return false;
    }
    ObjectNode subscription = subscription(rid, userId);
    String status = subscription == null ? null : Json.text(subscription, STATUS);
    boolean open = "c".equals(Json.text(room, "t")) && settings.publicChannelsReadable();
    boolean member = subscription != null && status == null;
    return member || (open && !"BANNED".equals(status));
  }
}
