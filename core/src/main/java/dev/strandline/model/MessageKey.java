package dev.strandline.model;

/**
 * A message's place in reading order: by the time it was sent, ties by id.
 *
 * @param sentAt when the message was sent
 * @param id the message
 */
public record MessageKey(ServerTime sentAt, MessageId id) implements Comparable<MessageKey> {

  /** The place of {@code message}. */
  public static MessageKey of(Message message) {
    return new MessageKey(message.sentAt(), message.id());
  }

  @Override
  public int compareTo(MessageKey other) {
    int byTime = sentAt.compareTo(other.sentAt);
    return byTime != 0 ? byTime : id.compareTo(other.id);
  }
}
