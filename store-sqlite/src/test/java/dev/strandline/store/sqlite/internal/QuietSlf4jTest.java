package dev.strandline.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/** These tests run without a provider for SLF4J, as a plain program does. */
final class QuietSlf4jTest {
  @TempDir Path folder;

  @Test
  void aPlainProgramHasNoProvider() {
    assertThat(QuietSlf4j.hasProvider(LoggerFactory.class.getClassLoader())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "META-INF/services/org.slf4j.spi.SLF4JServiceProvider, a provider",
    "META-INF/services/org.slf4j.spi.SLF4JServiceProvider, no name of a class",
    "org/slf4j/impl/StaticLoggerBinder.class, of SLF4J 1.7",
  })
  void whereSlf4jHasSomethingToSayItStartsByItself(String resource, String content)
      throws IOException {
    Path file = folder.resolve(resource);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, content.equals("a provider") ? NOP_FallbackServiceProvider.class.getName() : content);
    URL[] path = {folder.toUri().toURL()};
    try (var loader = new URLClassLoader(path, LoggerFactory.class.getClassLoader())) {
      assertThat(QuietSlf4j.hasProvider(loader)).isTrue();
    }
  }

  @Test
  void nothingIsLeftInTheSystemProperties() {
    QuietSlf4j.start();
    assertThat(System.getProperty("slf4j.internal.verbosity")).isNull();
  }
}
