package dev.strandline.samples.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be set, with defaults for a small machine. */
final class Settings {
  @Option(
      names = "--accounts",
      required = true,
      paramLabel = "FILE",
      description =
          "JSON file that names the accounts; see the README. Readable by its owner only.")
  @SuppressWarnings("NullAway.Init") // required
  Path accounts;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Where each account's database is. Must exist; not on a network file system.")
  @SuppressWarnings("NullAway.Init") // required
  Path data;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8087",
      converter = Address.class,
      description =
          "Where to listen; port 0 is any free one. Default: ${DEFAULT-VALUE}. Speaks plain HTTP:"
              + " put a proxy with TLS before it.")
  @SuppressWarnings("NullAway.Init") // has a default
  InetSocketAddress listen;

  @Option(
      names = "--sync-every",
      paramLabel = "DURATION",
      defaultValue = "PT1M",
      description = "How often an account that is used is synchronised. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration syncEvery;

  @Option(
      names = "--sync-asleep-every",
      paramLabel = "DURATION",
      defaultValue = "PT6H",
      description = "How often one is that sleeps. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration syncAsleepEvery;

  @Option(
      names = "--sleep-after",
      paramLabel = "DURATION",
      defaultValue = "PT5M",
      description = "How long after its last request an account sleeps. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration sleepAfter;

  @Option(
      names = "--turn",
      paramLabel = "DURATION",
      defaultValue = "PT2M",
      description =
          "How long one account may be synchronised while others wait; it goes on in its next turn."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration turn;

  @Option(
      names = "--syncs",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many accounts are synchronised at a time. Default: ${DEFAULT-VALUE}.")
  int syncs;

  @Option(
      names = "--http-threads",
      paramLabel = "N",
      defaultValue = "16",
      description = "How many requests are answered at a time. Default: ${DEFAULT-VALUE}.")
  int httpThreads;

  @Option(
      names = "--listeners",
      paramLabel = "N",
      defaultValue = "256",
      description = "How many apps can listen for changes at a time. Default: ${DEFAULT-VALUE}.")
  int listeners;

  @Option(
      names = "--heartbeat",
      paramLabel = "DURATION",
      defaultValue = "PT15S",
      description =
          "How often a listener hears that it is still connected. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration heartbeat;

  @Option(
      names = "--keep-open",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many databases stay open that nobody is using. Default: ${DEFAULT-VALUE}.")
  int keepOpen;

  @Option(
      names = "--idle-after",
      paramLabel = "DURATION",
      defaultValue = "PT30S",
      description = "How long a database stays open that nobody uses. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  Duration idleAfter;

  /**
   * Refuses what makes no sense.
   *
   * @throws IllegalArgumentException with option, value and range
   */
  void check() {
    atLeastOne("--syncs", syncs);
    atLeastOne("--http-threads", httpThreads);
    atLeastOne("--listeners", listeners);
    positive("--sync-every", syncEvery);
    positive("--sync-asleep-every", syncAsleepEvery);
    positive("--turn", turn);
    positive("--heartbeat", heartbeat);
    positive("--sleep-after", sleepAfter);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1 || value > 10_000) {
      throw new IllegalArgumentException(option + " must be from 1 to 10000, not " + value);
    }
  }

  private static void positive(String option, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(option + " must be from PT1S to P30D, not " + value);
    }
  }

  /** Settings from a command line. */
  static Settings of(String... args) {
    Settings settings = new Settings();
    new CommandLine(settings).parseArgs(args);
    settings.check();
    return settings;
  }

  /** {@code 127.0.0.1:8087}, {@code [::1]:8087}. */
  static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String value) {
      int colon = value.lastIndexOf(':');
      if (colon < 1 || !value.substring(colon + 1).matches("[0-9]{1,5}")) {
        throw new TypeConversionException("'" + value + "' is no HOST:PORT");
      }
      int port = Integer.parseInt(value.substring(colon + 1));
      if (port > 65_535) {
        throw new TypeConversionException("a port is from 0 to 65535, not " + port);
      }
      InetSocketAddress address = new InetSocketAddress(value.substring(0, colon), port);
      if (address.isUnresolved()) {
        throw new TypeConversionException("the host of '" + value + "' is not known here");
      }
      return address;
    }
  }
}
