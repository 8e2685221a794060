package dev.strandline.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.server.ServerForm;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code -Dsim.naive=N} measures over so many histories. */
class NaiveClientTest {
  private static final long HISTORIES = Long.getLong("sim.naive", 1_000);

  @Test
  void whoFollowsTheServersOwnCursorDivergesInMostHistories() {
    long[] played = new long[1];
    long diverged =
        LongStream.range(0, HISTORIES)
            .mapToObj(Script::draw)
            .filter(script -> script.surroundings().form() != ServerForm.V6)
            .peek(script -> played[0]++)
            .filter(NaiveClient::diverges)
            .count();
    System.out.printf(
        "a client that follows the server's cursor differs from the server in the end in %d of %d"
            + " histories (%.0f %%), without a single fault%n",
        diverged, played[0], 100.0 * diverged / played[0]);
    assertThat(diverged).isGreaterThan(played[0] / 2);
  }
}
