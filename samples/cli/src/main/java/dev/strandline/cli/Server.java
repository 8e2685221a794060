package dev.strandline.cli;

import dev.strandline.RetryPolicy;
import dev.strandline.transport.http.HttpTransport;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server to ask, as whom and how patiently. */
final class Server {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server's URL as a browser shows it, e.g. https://chat.example.org. Needed the first"
              + " time; then the database remembers it.")
  private @Nullable String url;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "A file with the lines userId=… and authToken=…, readable by you alone."
              + " Default: the environment, see: strandline --help")
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

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "Write down what goes over the wire, as WireMock serves it, into a new or empty directory,"
              + " or go on with the recording in it. Tokens, cookies, user ids and the server's name"
              + " are never in it; texts and names are, see --scrub.")
  private @Nullable Path recording;

  @Option(
      names = "--scrub",
      paramLabel = "secrets|share",
      defaultValue = "secrets",
      description =
          "What to leave out of a recording: secrets only, or, so that it can be shown to others,"
              + " also what people wrote (masked) and are called (pseudonyms). Default:"
              + " ${DEFAULT-VALUE}.")
  private Scrub scrub = Scrub.secrets;

  /** As they are written on the command line. */
  enum Scrub {
    secrets,
    share
  }

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

  /**
   * The URL that was given; null where the database is to tell it.
   *
   * @throws Problem where it is none that a server can have
   */
  @Nullable URI url() {
    String given = url;
    return given == null ? null : url("--server", given);
  }

  /** The URL that was given with {@code option}. */
  static URI url(String option, String given) {
    try {
      return HttpTransport.serverUrl(given);
    } catch (IllegalArgumentException e) {
      throw Problem.usage(
          String.valueOf(e.getMessage()) + ".",
          "Give "
              + option
              + " the address as a browser shows it, up to the host or the path that the"
              + " server is below.");
    }
  }

  @Nullable Path credentials() {
    return credentials;
  }

  @Nullable Path recording() {
    return recording;
  }

  boolean recordsForSharing() {
    return scrub == Scrub.share;
  }

  /** Says where the recording is, if one was asked for, and what is in it. */
  void sayRecorded(PrintWriter err) {
    if (recording != null) {
      err.println(
          "Recorded into "
              + recording
              + (recordsForSharing()
                  ? "."
                  : ". Texts and names are in it; record with --scrub share to show it to others."));
    }
  }

  boolean allowsHttp() {
    return allowHttp;
  }
}
