package dev.strandline.cli;

import dev.strandline.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server to ask, as whom and how patiently. */
final class Server {
  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The server's URL as a browser shows it, e.g. https://chat.example.org")
  @SuppressWarnings("NullAway.Init") // required
  private URI url;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "A file with the lines userId=… and authToken=…, readable by you alone."
              + " Default: the environment, see below.")
  private @Nullable Path credentials;

  @Option(
      names = "--allow-http",
      description =
          "Send credentials and messages unencrypted where the URL begins with http:// and is not"
              + " this machine's.")
  private boolean allowHttp;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often to repeat a request that may pass later. Default: ${DEFAULT-VALUE}.")
  private int retries;

  /** How patiently to ask. */
  RetryPolicy retryPolicy() {
    RetryPolicy standard = RetryPolicy.standard();
    if (retries < 0 || retries > 1000) {
      throw Problem.usage(
          "--retries " + retries + " is not a number from 0 to 1000.", "0 tries once.");
    }
    return new RetryPolicy(
        retries + 1, standard.firstPause(), standard.longestPause(), standard.patience());
  }

  URI url() {
    return url;
  }

  @Nullable Path credentials() {
    return credentials;
  }

  boolean allowsHttp() {
    return allowHttp;
  }
}
