package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a disk that refuses to read, write, sync, cut or open, at random points, while the
 * server goes on changing: {@code -Dfaults.count=N} refuses more often, {@code -Dfaults.seed=N}
 * draws other points and other changes. Needs Linux and a C compiler, and is skipped elsewhere.
 */
@EnabledIf("dev.strandline.cli.DiskFault#isPossible")
class FaultyDiskTest {
  private static final int FAULTS = Integer.getInteger("faults.count", 40);
  private static final long SEED = Long.getLong("faults.seed", 1);

  @TempDir private Path folder;

  @Test
  @DisplayName("R2: whatever a disk refuses, and when, a run is continued to the server's rows")
  void r2_whateverADiskRefusesAndWhenARunIsContinuedToTheServersRows() throws Exception {
    System.out.println("faults.seed=" + SEED + " faults.count=" + FAULTS);
    Path real = folder.toRealPath();
    DiskFault fault = DiskFault.compiled(real);
    Ordeal.suffer(real, Ordeal.archived(real, SEED), fault, FAULTS, "faults.seed", SEED);
    System.out.print("What " + fault.hits("") + " faults hit:\n" + fault);
    assertThat(fault.hits("")).isEqualTo(FAULTS);
    for (String call : List.of("pread", "pwrite", "fsync", "open")) {
      assertThat(FAULTS < 40 || fault.hits(call) > 0).as("%s in%n%s", call, fault).isTrue();
    }
  }
}
