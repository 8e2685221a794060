package dev.strandline.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.strandline.spi.Transport;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NotingTransportTest {

  /** A question with a default answer would otherwise be answered by that, and asked by nobody. */
  @Test
  void everyQuestionIsPassedOn() {
    assertThat(Transport.class.getMethods()).isNotEmpty();
    for (Method question : Transport.class.getMethods()) {
      assertThatCode(
              () ->
                  NotingTransport.class.getDeclaredMethod(
                      question.getName(), question.getParameterTypes()))
          .as("%s %s", question.getName(), Arrays.toString(question.getParameterTypes()))
          .doesNotThrowAnyException();
    }
  }
}
