package dev.strandline.store.sqlite.internal;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Starts SLF4J without its warning in an application that has no provider for it.
 *
 * <p>Jdbi and the driver log through SLF4J, and an application that never chose SLF4J would find
 * three lines about it on its standard error. Where there is a provider, or anything else that
 * SLF4J has to say something about, nothing is done here and SLF4J starts by itself.
 */
final class QuietSlf4j {
  /** What SLF4J says of itself; read once, when it starts. */
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  /** Names a provider that need not be found as a service. */
  private static final String CHOSEN_PROVIDER = "slf4j.provider";

  /** Of a provider for SLF4J 1.7, which SLF4J 2 ignores and warns of. */
  private static final String OLD_PROVIDER = "org/slf4j/impl/StaticLoggerBinder.class";

  private QuietSlf4j() {}

  /** To be called once, before anything logs. */
  static void start() {
    if (System.getProperty(VERBOSITY) != null || System.getProperty(CHOSEN_PROVIDER) != null) {
      return;
    }
    try {
      // The loader that SLF4J itself searches.
      if (hasProvider(LoggerFactory.class.getClassLoader())) {
        return;
      }
      System.setProperty(VERBOSITY, "ERROR");
      try {
        LoggerFactory.getILoggerFactory();
      } finally {
        System.clearProperty(VERBOSITY);
      }
    } catch (LinkageError e) {
      // SLF4J 1.7, which an application has in place of ours. It knows neither such providers nor
      // this property, and warns as it always did.
    }
  }

  /** Whether SLF4J would find a provider, of whatever version, or fail over one. */
  static boolean hasProvider(ClassLoader loader) {
    try {
      return loader.getResource(OLD_PROVIDER) != null
          || ServiceLoader.load(SLF4JServiceProvider.class, loader).stream().findAny().isPresent();
    } catch (ServiceConfigurationError e) {
      return true;
    }
  }
}
