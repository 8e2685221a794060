package dev.strandline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.Progress;
import dev.strandline.RetryPolicy;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.model.RoomId;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.replay.Replay;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that answered 503, then 429, then broke off in the middle, and then recovered. */
class FailingServerTest {
  @RegisterExtension final Replay replay = Replay.of("recordings/failing-server");

  private HttpTransport server() {
    return HttpTransport.builder(replay.url())
        .credentials(new Credentials("anybody", "anything"))
        .clock(replay.clock())
        .build();
  }

  @Test
  void theRunGetsThroughAndSaysWhatItWaitedFor() {
    try (Strandline strandline = replay.strandline(server())) {
      List<String> waits = new ArrayList<>();
      strandline.onProgress(
          progress -> {
            if (progress instanceof Progress.Waiting waiting) {
              waits.add(waiting.reason());
            }
          });
      SyncReport report = strandline.syncEverything();
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(waits)
          .containsExactly(
              "another try after: server-error",
              "rate limit of chat.syncMessages",
              "another try after: unreachable");
      assertThat(strandline.local().room(new RoomId("harbour")).orElseThrow().counts().messages())
          .isEqualTo(40);
    }
  }

  @Test
  void withoutPatienceTheFailureIsReported() {
    try (Strandline strandline =
        Strandline.builder()
            .store(new MemoryStore())
            .transport(server())
            .clock(replay.clock())
            .options(SyncOptions.builder().retry(RetryPolicy.never()).build())
            .build()) {
      SyncReport report = strandline.syncEverything();
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.scopes().get(0).failure().message()).contains("503");
    }
  }
}
