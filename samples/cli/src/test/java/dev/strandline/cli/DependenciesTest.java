package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** What the modules bring: these tests run with all of them, and with little else. */
final class DependenciesTest {
  @Test
  void noModuleBringsAProviderForSlf4jBesideTheApplicationsOwn() {
    assertThat(ServiceLoader.load(SLF4JServiceProvider.class)).isEmpty();
  }

  @Test
  void noModuleBringsJackson3() {
    assertThatThrownBy(() -> Class.forName("tools.jackson.databind.JacksonModule"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
