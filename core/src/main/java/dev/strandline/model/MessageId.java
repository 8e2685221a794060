package dev.strandline.model;

/**
 * Identifies a message: the server's {@code _id}. A thread is identified by the id of its root.
 *
 * @param value the id as the server writes it, 1 to 512 characters; senders may choose it, so it
 *     can hold any character
 */
public record MessageId(String value) implements Comparable<MessageId> {
  public MessageId {
    Ids.checked(value, "a message id");
  }

  /** By code point order of the ids, which is also the order of their UTF-8 bytes. */
  @Override
  public int compareTo(MessageId other) {
    return comparePoints(value, other.value);
  }

  private static int comparePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates sort above the rest of the plane in code point order, below it as chars.
        boolean xHigh = Character.isSurrogate(x);
        boolean yHigh = Character.isSurrogate(y);
        return xHigh == yHigh ? Character.compare(x, y) : xHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
