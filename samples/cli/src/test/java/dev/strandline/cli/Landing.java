package dev.strandline.cli;

import dev.strandline.spi.RoomState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where a kill hit a run, told from what it left behind. */
enum Landing {
  STARTING("before any byte of an answer arrived"),
  ASKING("answers had arrived, and nothing was committed yet"),
  FIRST_LOAD("after a commit, while a room was being loaded for the first time"),
  CATCH_UP("after a commit, while feeds were being followed"),
  WHOLE_READING("after a commit, while a room was being read whole"),
  TORN("with a transaction half written to the log"),
  OVER("after the run had ended: no kill");

  private final String words;

  Landing(String words) {
    this.words = words;
  }

  /** Whether a working process was hit. */
  boolean isInTheMiddle() {
    return this != STARTING && this != OVER;
  }

  /** Whether many kills must have brought at least one. */
  boolean isExpected() {
    return isInTheMiddle() && this != TORN;
  }

  /**
   * @param bytes how many bytes of answers had passed
   * @param committed whether the run had committed anything of its rooms
   * @param torn see {@link #endsTorn}
   * @param states of the rooms, as they were left
   * @param rooms how many rooms there are
   */
  static Landing of(
      long bytes, boolean committed, boolean torn, List<RoomState> states, int rooms) {
    if (torn) {
      return TORN;
    } else if (bytes == 0) {
      return STARTING;
    } else if (!committed) {
      return ASKING;
    } else if (states.stream().anyMatch(state -> state.reconciling() != null)) {
      return WHOLE_READING;
    }
    boolean loaded = states.stream().allMatch(state -> state.history().toBeginning());
    return loaded && states.size() == rooms ? CATCH_UP : FIRST_LOAD;
  }

  /** Whether the log beside {@code db} ends in pages of a transaction that was never committed. */
  static boolean endsTorn(Path db) throws IOException {
    Path log = db.resolveSibling(db.getFileName() + "-wal");
    if (!Files.exists(log) || Files.size(log) < 32) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
    int frame = 24 + bytes.getInt(8);
    long salt = bytes.getLong(16);
    boolean torn = false;
    for (int at = 32; at + 24 <= bytes.limit() && bytes.getLong(at + 8) == salt; at += frame) {
      // The frame that ends a transaction says how large the file is then.
      torn = bytes.getInt(at + 4) == 0;
    }
    return torn;
  }

  /** How many landed where. */
  static final class Tally {
    private final Map<Landing, Integer> counts = new EnumMap<>(Landing.class);

    synchronized void add(Landing landing) {
      counts.merge(landing, 1, Integer::sum);
    }

    synchronized int kills() {
      return counts.values().stream().mapToInt(Integer::intValue).sum() - of(OVER);
    }

    synchronized int inTheMiddle() {
      return counts.keySet().stream().filter(Landing::isInTheMiddle).mapToInt(this::of).sum();
    }

    /** Whether every part of a run that is to be hit was hit. */
    synchronized boolean isEverywhere() {
      return Arrays.stream(values()).filter(Landing::isExpected).allMatch(counts::containsKey);
    }

    synchronized int of(Landing landing) {
      return counts.getOrDefault(landing, 0);
    }

    @Override
    public synchronized String toString() {
      StringBuilder table = new StringBuilder();
      for (Landing landing : values()) {
        table.append(String.format("%6d  %s%n", of(landing), landing.words));
      }
      return table.toString();
    }
  }
}
