package dev.strandline.internal.engine;

import dev.strandline.internal.commit.Listeners;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Workers;
import java.util.random.RandomGenerator;

/**
 * What an engine works in.
 *
 * @param clock the device's
 * @param workers where its threads come from
 * @param jitter shortens pauses
 * @param listeners those who are told
 */
public record Surroundings(
    DeviceClock clock, Workers workers, RandomGenerator jitter, Listeners listeners) {}
