package dev.strandline.samples.backend;

import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.ServerTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Places in one list, as text that an app hands back unread. A place says the last message's key
 * and not a count, so pages neither repeat nor skip anything while messages come and go; it stays
 * good across restarts. A check sum over the list keeps a place of one list from being taken for
 * one of another. It is no secret: a place tells nothing that its page has not told.
 */
final class Cursors {
  private static final int CHECK_BYTES = 8;
  private static final int SHORTEST = CHECK_BYTES + Long.BYTES + 1;

  private final String list;

  /**
   * The cursors of one list.
   *
   * @param list names the account, the list and whatever narrows it down
   */
  Cursors(String... list) {
    this.list = String.join("\n", list);
  }

  @Nullable String write(@Nullable MessageKey place) {
    if (place == null) {
      return null;
    }
    byte[] id = place.id().value().getBytes(StandardCharsets.UTF_8);
    byte[] key =
        ByteBuffer.allocate(Long.BYTES + id.length)
            .putLong(place.sentAt().epochMilli())
            .put(id)
            .array();
    byte[] whole = ByteBuffer.allocate(CHECK_BYTES + key.length).put(check(key)).put(key).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads what {@link #write} wrote; null for null.
   *
   * @throws Refusal where it is anything else, or another list's
   */
  @Nullable MessageKey read(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(cursor);
      if (whole.length >= SHORTEST) {
        byte[] key = Arrays.copyOfRange(whole, CHECK_BYTES, whole.length);
        if (MessageDigest.isEqual(check(key), Arrays.copyOf(whole, CHECK_BYTES))) {
          ByteBuffer parts = ByteBuffer.wrap(key);
          ServerTime sentAt = ServerTime.ofEpochMilli(parts.getLong());
          String id = StandardCharsets.UTF_8.decode(parts).toString();
          return new MessageKey(sentAt, new MessageId(id));
        }
      }
    } catch (IllegalArgumentException e) {
      // No base64: refused like the others.
    }
    throw new Refusal(
        400,
        "unknown-cursor",
        "'before' is not a cursor of this list.",
        "Ask without 'before' for the first page, and go on with the 'next' that it answers.");
  }

  private byte[] check(byte[] key) {
    String text = list + "\n" + Base64.getEncoder().encodeToString(key);
    return Arrays.copyOf(Account.sha256(text), CHECK_BYTES);
  }
}
