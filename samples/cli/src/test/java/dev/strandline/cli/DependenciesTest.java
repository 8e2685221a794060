package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the modules bring: these tests run with all of them, and with little else. */
final class DependenciesTest {
  @Test
  void noModuleBringsALoggingFacadeThatWarnsWhereNobodyLogs() {
    assertThatThrownBy(() -> Class.forName("org.slf4j.LoggerFactory"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.jdbi.v3.core.Jdbi", "tools.jackson.databind.JacksonModule"})
  void whatOthersUseComesWithNoModule(String type) {
    assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
  }
}
