package dev.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTimeTest {

  @Test
  void isWrittenAsTheServerWritesDates() {
    assertThat(ServerTime.ofEpochMilli(1_555_439_446_669L)).hasToString("2019-04-16T18:30:46.669Z");
    assertThat(ServerTime.ofEpochMilli(1_555_439_446_000L)).hasToString("2019-04-16T18:30:46.000Z");
    assertThat(ServerTime.EPOCH).hasToString("1970-01-01T00:00:00.000Z");
    assertThat(ServerTime.MAX).hasToString("9999-12-31T23:59:59.999Z");
  }

  @Test
  void idsAreOrderedByCodePointAsTheirBytesAre() {
    List<MessageId> inOrder =
        List.of("A", "Z", "a", "aa", "b", "é", "\uFFFD", "\uD83D\uDE00").stream()
            .map(MessageId::new)
            .toList();
    assertThat(inOrder.stream().sorted().toList()).isEqualTo(inOrder);
  }
}
