package dev.strandline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.MessageLookup;
import dev.strandline.Strandline;
import dev.strandline.model.MessageId;
import dev.strandline.testkit.replay.Replay;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two runs over a room, with an edit and a deletion between them. */
class HarbourTest {
  // A recording does not know who asks.
  private static final Credentials ANYBODY = new Credentials("anybody", "anything");

  // snippet: readme
  @RegisterExtension final Replay replay = Replay.of("recordings/harbour");

  @Test
  void theEditArrives() {
    var server = HttpTransport.builder(replay.url()).credentials(ANYBODY).build();
    try (Strandline strandline = replay.strandline(server)) {
      strandline.syncEverything();
      strandline.syncEverything();
      MessageLookup tide = strandline.local().message(new MessageId("tide"));
      assertThat(tide.message().text()).isEqualTo("low tide");
    }
  }

  // end

  @Test
  void theDeletionArrives() {
    var server = HttpTransport.builder(replay.url()).credentials(ANYBODY).build();
    try (Strandline strandline = replay.strandline(server)) {
      strandline.syncEverything();
      assertThat(strandline.local().message(new MessageId("rumour")).message()).isNotNull();
      strandline.syncEverything();
      assertThat(strandline.local().message(new MessageId("rumour")).message()).isNull();
      assertThat(replay.neverAsked()).isEmpty();
    }
  }
}
