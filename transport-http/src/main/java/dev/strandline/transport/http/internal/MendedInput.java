package dev.strandline.transport.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * A body in which what would spoil all of it, although only one entry is wrong, is made harmless on
 * the way to the parser (R14): bytes that are no UTF-8, characters that a text may not hold, and
 * texts, names and numbers that are longer than can be parsed, whose rest is left out.
 *
 * <p>It knows where it did so, in offsets of the body as it was sent: an entry with a byte replaced
 * is set aside, and one that was too long is told by its length. Only what is inside of texts is
 * replaced, so what is wrong with the answer as a whole stays wrong. Belongs to one thread.
 */
final class MendedInput extends InputStream {
  private static final int READ_AHEAD = 8_000;
  private static final int LONGEST_NAME = 50_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int DEEPEST = 200_000;

  /** What stands for a byte that no text can hold. */
  private static final byte REPLACEMENT = '?';

  private final ByteWindow source;
  private final int longestText;
  private final byte[] buffer = new byte[READ_AHEAD];
  private int at;
  private int end;

  /** How many bytes at the start of the buffer's free part begin a character that goes on. */
  private byte[] begun = new byte[0];

  /** How many mended bytes there were before those in the buffer. */
  private long before;

  /** From an offset of the mended bytes on, so many bytes have been left out in all. */
  private record Gap(long from, long leftOut) {}

  private final List<Gap> gaps = new ArrayList<>();

  private final List<Long> flaws = new ArrayList<>();

  /** Of the flaws before those, the last: an entry that holds an earlier one holds it, too. */
  private long earlierFlaw = -1;

  // Where in the JSON the next byte is.
  private final BitSet isObject = new BitSet();
  private int depth;
  private boolean nameIsNext;
  private boolean inText;
  private boolean inName;
  private boolean afterBackslash;
  private int hexDigits;
  private boolean leavingOut;
  private boolean afterDigit;
  private long length;

  /**
   * @param longestText how many bytes of one text are handed on
   */
  MendedInput(ByteWindow source, int longestText) {
    this.source = source;
    this.longestText = longestText;
  }

  /** Where in the body as it was sent the byte is that the parser counts as {@code offset}. */
  long sourceOffset(long offset) {
    for (int i = gaps.size() - 1; i >= 0; i--) {
      if (gaps.get(i).from() <= offset) {
        return offset + gaps.get(i).leftOut();
      }
    }
    return offset;
  }

  /** Whether a byte was replaced between two offsets of the body as it was sent. */
  boolean isFlawed(long from, long to) {
    if (earlierFlaw >= from && earlierFlaw < to) {
      return true;
    }
    for (long flaw : flaws) {
      if (flaw >= from && flaw < to) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int got = Math.min(count, end - at);
    System.arraycopy(buffer, at, target, offset, got);
    at += got;
    return got;
  }

  /** Makes sure that there is a mended byte, unless the body has ended. */
  private boolean fill() throws IOException {
    boolean ended = false;
    while (at == end && !ended) {
      if (!flaws.isEmpty()) {
        earlierFlaw = flaws.get(flaws.size() - 1);
        flaws.clear();
      }
      before += end;
      int held = begun.length;
      System.arraycopy(begun, 0, buffer, 0, held);
      begun = new byte[0];
      int got = source.read(buffer, held, buffer.length - held);
      ended = got < 0;
      at = 0;
      end = mend(held + Math.max(got, 0), ended);
    }
    return at < end;
  }

  /**
   * Mends what is in the buffer.
   *
   * @return how many bytes are there then
   */
  private int mend(int count, boolean ended) {
    long start = source.count() - count;
    int to = 0;
    int from = 0;
    while (from < count) {
      int plain = inText ? plainText(from, count) : 0;
      if (plain > 0) {
        // Most of any answer: nothing in it can be wrong.
        if (to != from) {
          System.arraycopy(buffer, from, buffer, to, plain);
        }
        to += plain;
        from += plain;
        length += plain;
        continue;
      }
      byte each = buffer[from];
      int width = 1;
      if (inText && (each < 0 || each < ' ')) {
        width = each < 0 ? Utf8.width(buffer, from, count) : 0;
        if (width == Utf8.CUT && !ended) {
          begun = java.util.Arrays.copyOfRange(buffer, from, count);
          return to;
        }
        if (width <= 0) {
          flaws.add(start + from);
          each = REPLACEMENT;
          width = 1;
        }
      }
      if (isLeftOut(each)) {
        leaveOut(before + to, width);
      } else {
        buffer[to] = each;
        for (int i = 1; i < width; i++) {
          buffer[to + i] = buffer[from + i];
        }
        to += width;
      }
      pass(each, width);
      from += width;
    }
    return to;
  }

  /** How many bytes from one on are letters of a text that need no closer look. */
  private int plainText(int from, int count) {
    if (leavingOut || isEscaped()) {
      return 0;
    }
    long most = (inName ? LONGEST_NAME : longestText) - length;
    int to = (int) Math.min(count, from + Math.max(0, most));
    int at = from;
    while (at < to && buffer[at] >= ' ' && buffer[at] != '"' && buffer[at] != '\\') {
      at++;
    }
    return at - from;
  }

  /** Whether a byte comes after as much of a text, name or number as is handed on. */
  private boolean isLeftOut(byte each) {
    // An escape is handed on whole or not at all.
    boolean goesOn = inText ? each != '"' || isEscaped() : isOfNumber(each);
    if (!goesOn) {
      leavingOut = false;
    } else if (!leavingOut) {
      leavingOut =
          inText
              ? length >= (inName ? LONGEST_NAME : longestText) && !isEscaped()
              : length >= LONGEST_NUMBER && afterDigit;
    }
    return leavingOut;
  }

  private boolean isEscaped() {
    return afterBackslash || hexDigits > 0;
  }

  private void leaveOut(long from, int width) {
    Gap last = gaps.isEmpty() ? new Gap(-1, 0) : gaps.get(gaps.size() - 1);
    if (last.from() == from) {
      gaps.remove(gaps.size() - 1);
    }
    gaps.add(new Gap(from, last.leftOut() + width));
  }

  /** Takes note of a byte or a character of several. */
  private void pass(byte each, int width) {
    if (inText) {
      passInText(each, width);
      return;
    }
    length = isOfNumber(each) ? length + 1 : 0;
    afterDigit = each >= '0' && each <= '9';
    switch (each) {
      case '"' -> {
        inText = true;
        inName = nameIsNext;
      }
      case '{', '[' -> {
        isObject.set(Math.min(depth, DEEPEST), each == '{');
        depth++;
        nameIsNext = each == '{';
      }
      case '}', ']' -> {
        depth = Math.max(0, depth - 1);
        nameIsNext = false;
      }
      case ',' -> nameIsNext = depth > 0 && isObject.get(Math.min(depth - 1, DEEPEST));
      case ':' -> nameIsNext = false;
      default -> {}
    }
  }

  private void passInText(byte each, int width) {
    length += width;
    if (hexDigits > 0) {
      hexDigits--;
    } else if (afterBackslash) {
      afterBackslash = false;
      hexDigits = each == 'u' ? 4 : 0;
    } else if (each == '\\') {
      afterBackslash = true;
    } else if (each == '"') {
      inText = false;
      length = 0;
    }
  }

  private static boolean isOfNumber(byte each) {
    return switch (each) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '+', '.', 'e', 'E' -> true;
      default -> false;
    };
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
