package dev.strandline.internal.engine;

import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.directory.Refusals;
import dev.strandline.internal.directory.Rounds;
import dev.strandline.internal.feed.Attempts;
import dev.strandline.internal.feed.LastMeeting;
import dev.strandline.spi.DeviceClock;

/** What an engine remembers from run to run; with the process it is forgotten, at no loss. */
record Remembered(
    RunClock server, LastMeeting meeting, Rounds rounds, Attempts attempts, Refusals refusals) {
  static Remembered nothing(DeviceClock clock) {
    return new Remembered(
        new RunClock(clock),
        new LastMeeting(clock),
        new Rounds(),
        new Attempts(),
        new Refusals(clock));
  }
}
