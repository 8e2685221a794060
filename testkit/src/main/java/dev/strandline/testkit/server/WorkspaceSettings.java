package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workspace's settings, changeable at any time; what {@code settings.public} lists, and the few
 * that change what the server does. Thread-safe.
 */
public final class WorkspaceSettings {
  private static final String KEEP_HISTORY = "Message_KeepHistory";
  private static final String SHOW_DELETED_STATUS = "Message_ShowDeletedStatus";
  private static final String THREADS = "Threads_enabled";

  private final Object lock;
  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private boolean publicChannelsReadable = true;

  WorkspaceSettings(WorkspaceState state) {
    lock = state;
    values.put("uniqueID", TextNode.valueOf("fake-" + Long.toHexString(state.seed)));
    values.put("Site_Name", TextNode.valueOf("Fake Rocket.Chat"));
    values.put(KEEP_HISTORY, BooleanNode.FALSE);
    values.put(SHOW_DELETED_STATUS, BooleanNode.FALSE);
    values.put(THREADS, BooleanNode.TRUE);
  }

  /**
   * {@code Message_KeepHistory}: edits and deletions keep a hidden copy; alone, a deletion leaves
   * no trace for a client. Default false.
   */
  public WorkspaceSettings keepHistory(boolean on) {
    return set(KEEP_HISTORY, BooleanNode.valueOf(on));
  }

  /**
   * {@code Message_ShowDeletedStatus}: a deleted message stays, emptied, with {@code t: "rm"}.
   * Default false.
   */
  public WorkspaceSettings showDeletedStatus(boolean on) {
    return set(SHOW_DELETED_STATUS, BooleanNode.valueOf(on));
  }

  /**
   * {@code Threads_enabled}: without it the thread route answers "Threads Disabled". Default true.
   */
  public WorkspaceSettings threads(boolean on) {
    return set(THREADS, BooleanNode.valueOf(on));
  }

  /**
   * Whether a public channel can be read without a subscription (the permission {@code
   * view-c-room}). Default true.
   */
  public WorkspaceSettings publicChannelsReadable(boolean on) {
    synchronized (lock) {
      publicChannelsReadable = on;
      return this;
    }
  }

  /**
   * Sets any public setting.
   *
   * @param id its {@code _id}, for example {@code Site_Name}
   * @param value its value, listed as given
   * @return these settings
   */
  public WorkspaceSettings set(String id, JsonNode value) {
    synchronized (lock) {
      values.put(id, value);
      return this;
    }
  }

  /**
   * Adds public settings that nobody asks for, as a real workspace has a thousand: one page does
   * not list them all.
   *
   * @param number how many
   */
  public WorkspaceSettings more(int number) {
    for (int i = 0; i < number; i++) {
      set("Accounts_Other_" + i, TextNode.valueOf("value " + i));
    }
    return this;
  }

  boolean keepsHistory() {
    return isTrue(KEEP_HISTORY);
  }

  boolean showsDeletedStatus() {
    return isTrue(SHOW_DELETED_STATUS);
  }

  boolean threadsEnabled() {
    return isTrue(THREADS);
  }

  boolean publicChannelsReadable() {
    synchronized (lock) {
      return publicChannelsReadable;
    }
  }

  Map<String, JsonNode> all() {
    synchronized (lock) {
      return new LinkedHashMap<>(values);
    }
  }

  private boolean isTrue(String id) {
    synchronized (lock) {
      JsonNode value = values.get(id);
      return value != null && value.asBoolean();
    }
  }
}
