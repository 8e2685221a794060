package dev.strandline.transport.http.internal.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces words and ids by others of the same length and shape: a permutation for each length,
 * made with a key, so that what was the same stays the same and what differed still differs. Safe
 * for several threads.
 *
 * <p>A word's letters and digits are the two halves of a Feistel network: each half in turn is
 * shifted by a hash of the other. Whatever the hash, each step can be undone, so no two words
 * become one.
 */
final class Pseudonyms {
  private static final int ROUNDS = 6;
  private static final int REMEMBERED = 10_000;
  private static final String TWO_BYTES = "αβγδεζηθικλμνξοπρστυφχψω";
  private static final String ALPHANUMERIC =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final Mac mac;
  private final Map<String, String> words =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  Pseudonyms(String key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Sixteen hexadecimal digits that tell whether two were made with the same key. */
  synchronized String fingerprint(String what) {
    return String.format("%016x", ByteBuffer.wrap(hash("fingerprint", what)).getLong());
  }

  /** An id: every letter and digit can become any other; what is neither stays. */
  synchronized String id(String original) {
    char[] result = original.toCharArray();
    int[] places = places(original);
    int[] values = new int[places.length];
    int[] sizes = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = ALPHANUMERIC.indexOf(result[places[i]]);
      sizes[i] = ALPHANUMERIC.length();
    }
    permute("id", values, sizes);
    for (int i = 0; i < places.length; i++) {
      result[places[i]] = ALPHANUMERIC.charAt(values[i]);
    }
    return new String(result);
  }

  /** A text, word by word; what is neither letter nor digit stays. */
  String words(String original) {
    StringBuilder result = new StringBuilder(original.length());
    int start = 0;
    for (int at = 0;
        at <= original.length();
        at += at < original.length() ? width(original, at) : 1) {
      if (at == original.length() || !isWord(original.codePointAt(at))) {
        if (at > start) {
          result.append(word(original.substring(start, at)));
        }
        if (at < original.length()) {
          result.appendCodePoint(original.codePointAt(at));
          start = at + width(original, at);
        }
      }
    }
    return result.toString();
  }

  private static int width(String text, int at) {
    return Character.charCount(text.codePointAt(at));
  }

  private static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || (codePoint > 0xffff && Character.getType(codePoint) == Character.OTHER_SYMBOL);
  }

  /** One word. Upper and lower case stay, so that ADA is as much Ada's as before. */
  private synchronized String word(String original) {
    return words.computeIfAbsent(original, this::newWord);
  }

  private String newWord(String original) {
    int[] places = places(original);
    int[] values = new int[places.length];
    int[] sizes = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      char c = original.charAt(places[i]);
      boolean digit = c <= '9';
      values[i] = digit ? c - '0' : (c | 0x20) - 'a';
      sizes[i] = digit ? 10 : 26;
    }
    permute("word", values, sizes);
    StringBuilder result = new StringBuilder(original);
    for (int i = 0; i < places.length; i++) {
      char c = original.charAt(places[i]);
      char first = c <= '9' ? '0' : c >= 'a' ? 'a' : 'A';
      result.setCharAt(places[i], (char) (first + values[i]));
    }
    return places.length == original.length() ? result.toString() : beyondAscii(result.toString());
  }

  /** Letters of other scripts become others that take as many bytes. */
  private String beyondAscii(String word) {
    byte[] stream = hash("letters", word);
    StringBuilder result = new StringBuilder(word.length());
    int[] number = new int[1];
    word.codePoints()
        .forEach(
            c -> {
              int random = stream[number[0]++ % stream.length] & 0xff;
              if (c < 0x80) {
                result.appendCodePoint(c);
              } else if (c < 0x800) {
                result.append(TWO_BYTES.charAt(random % TWO_BYTES.length()));
              } else {
                result.appendCodePoint((c < 0x10000 ? 0x3042 : 0x1f600) + random % 64);
              }
            });
    return result.toString();
  }

  private static int[] places(String text) {
    int[] places = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (ALPHANUMERIC.indexOf(text.charAt(i)) >= 0) {
        places[count++] = i;
      }
    }
    return java.util.Arrays.copyOf(places, count);
  }

  private void permute(String kind, int[] values, int[] sizes) {
    int middle = values.length / 2;
    for (int round = 0; round < ROUNDS; round++) {
      boolean left = round % 2 == 0;
      int from = left ? 0 : middle;
      int to = left ? middle : values.length;
      if (from == to) {
        continue;
      }
      String seed = kind + round + other(values, from, to);
      byte[] stream = new byte[0];
      for (int i = from; i < to; i++) {
        int at = (i - from) % 16 * 2;
        if (at == 0) {
          stream = hash(seed, Integer.toString(i));
        }
        int random = (stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff);
        values[i] = (values[i] + random) % sizes[i];
      }
    }
  }

  /** All values but those from {@code from} to {@code to}, as text. */
  private static String other(int[] values, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i < from || i >= to) {
        text.append(',').append(values[i]);
      }
    }
    return text.append('/').append(values.length).toString();
  }

  private byte[] hash(String kind, String text) {
    mac.update(kind.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
