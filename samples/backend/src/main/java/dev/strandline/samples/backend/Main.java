package dev.strandline.samples.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the service, until it is told to stop. */
@Command(
    name = "strandline-backend",
    header = "Serves local copies of many Rocket.Chat accounts over HTTP.",
    mixinStandardHelpOptions = true,
    version = "Strandline backend sample")
public final class Main implements Callable<Integer> {
  private static final int BAD_ACCOUNTS = 2;
  private static final int CANNOT_LISTEN = 3;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Settings settings = new Settings();

  private Main() {}

  /** Runs until SIGTERM or Ctrl-C, which end it in order. */
  public static void main(String[] args) {
    JdkSettings.setUnlessSet("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%6$s%n");
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    Backend backend;
    try {
      settings.check();
      if (!Files.isDirectory(settings.data)) {
        throw new IllegalArgumentException(
            "--data " + settings.data + " is no directory. Run: mkdir -m 700 " + settings.data);
      }
      List<Account> accounts = AccountsFile.read(settings.accounts);
      backend = Backend.start(settings, accounts);
      say("serving " + accounts.size() + " accounts at " + backend.url());
    } catch (AccountsFile.BadAccountsException e) {
      say(String.valueOf(e.getMessage()));
      return BAD_ACCOUNTS;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      say(
          "cannot listen at "
              + settings.listen
              + " ("
              + e.getMessage()
              + "). Choose another --listen.");
      return CANNOT_LISTEN;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(backend), "backend-stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  private static void stop(Backend backend) {
    say("stopping");
    backend.close();
    say("stopped");
  }

  /** Not a logger: the JDK's is shut down while this still has something to say. */
  private static void say(Object what) {
    System.err.println("strandline-backend: " + what);
  }
}
