package dev.strandline.internal.engine;

import dev.strandline.spi.DeviceClock;

/** What an engine remembers from run to run; with the process it is forgotten, at no loss. */
record Remembered(LastMeeting meeting, Rounds rounds, Attempts attempts, Refusals refusals) {
  static Remembered nothing(DeviceClock clock) {
    return new Remembered(
        new LastMeeting(clock), new Rounds(), new Attempts(), new Refusals(clock));
  }
}
