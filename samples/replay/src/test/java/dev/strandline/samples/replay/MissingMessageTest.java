package dev.strandline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.model.RoomId;
import dev.strandline.spi.Quarantined;
import dev.strandline.testkit.replay.Replay;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A bug report, reproduced: "the browser shows four messages, your program three". Whoever sent it
 * recorded a run with {@code --scrub share}; what was said stays between them.
 */
class MissingMessageTest {
  @RegisterExtension final Replay replay = Replay.of("recordings/missing-message");

  @Test
  void theMissingMessageIsInQuarantineBecauseOfItsDate() {
    var server =
        HttpTransport.builder(replay.url())
            .credentials(new Credentials("anybody", "anything"))
            .build();
    try (Strandline strandline = replay.strandline(server)) {
      SyncReport report = strandline.syncEverything();

      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(strandline.local().messages(new RoomId("harbour"), null, 9).messages()).hasSize(3);
      List<Quarantined> aside = strandline.local().quarantine(null, 9);
      assertThat(aside).hasSize(1);
      assertThat(aside.get(0).entry().reason()).isEqualTo("its ts is not a date");
      assertThat(aside.get(0).entry().json()).contains("\"ts\":\"24.09.2021\"");
    }
  }

  @Test
  void theRecordingTellsNobodysWords() {
    var server =
        HttpTransport.builder(replay.url())
            .credentials(new Credentials("anybody", "anything"))
            .build();
    try (Strandline strandline = replay.strandline(server)) {
      strandline.syncEverything();
      assertThat(strandline.local().messages(new RoomId("harbour"), null, 9).messages())
          .allSatisfy(message -> assertThat(message.text()).matches("([xX0,.:? ]|@[a-z]+)+"));
    }
  }
}
