package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.model.MessageId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comparison and a repair call a difference. */
class ReportedDifferencesTest {
  private static final Duration MINUTES = Duration.ofMinutes(4);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  /** A look while a prune is under way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void r11_lookingReportsNothingMissingThatIsBuried(boolean thread) {
    server.confirmed = true;
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.posts("m", 5, MINUTES);
    device.sync();
    device.pass(HOUR);
    workspace.bury("r1");
    device.pass(MINUTES);
    device.sync();
    assertThat(device.stored()).doesNotContain("r1");
    device.pass(MINUTES);
    ReconcileRequest request =
        thread
            ? ReconcileRequest.thread(new MessageId("root"))
            : ReconcileRequest.room(Workspace.ROOM);
    ReconcileReport report = device.reconcile(request.withoutRepair());
    assertThat(report.failure()).isNull();
    assertThat(report.missing()).isEmpty();
  }

  /** A repair while a prune is under way. */
  @Test
  void r11_repairReportsNoDifferenceOfWhatIsBuried() {
    server.confirmed = true;
    workspace.posts("m", 5, MINUTES);
    device.sync();
    device.pass(HOUR);
    workspace.bury("m1");
    device.pass(MINUTES);
    device.sync();
    device.pass(MINUTES);
    ReconcileReport report = device.reconcile(ReconcileRequest.room(Workspace.ROOM));
    assertThat(device.stored()).doesNotContain("m1");
    assertThat(report.missing()).isEmpty();
    assertThat(report.surplus()).isEmpty();
  }
}
