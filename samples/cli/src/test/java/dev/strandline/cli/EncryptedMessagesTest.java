package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import org.junit.jupiter.api.Test;

class EncryptedMessagesTest {

  private static Message message(String text) {
    ServerTime time = ServerTime.ofEpochMilli(1_760_000_000_000L);
    return Message.builder(new MessageId("a"), new RoomId("r"), time, time, "{}")
        .type("e2e")
        .text(text)
        .build();
  }

  @Test
  void whatIsEncryptedIsCalledSoWhetherItHasCipherTextOrNone() {
    assertThat(MessageLine.shown(message(""))).isEqualTo("(encrypted)");
    assertThat(MessageLine.shown(message("U2FsdGVkX1+"))).isEqualTo("(encrypted)");
  }
}
