package dev.strandline.cli;

import dev.strandline.cli.demo.DemoCommand;
import dev.strandline.cli.demo.FakeServerCommand;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code strandline}: what all its commands share. */
@Command(
    name = "strandline",
    mixinStandardHelpOptions = true,
    versionProvider = StrandlineCommand.Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    description = {
      "Keeps a local SQLite copy of Rocket.Chat rooms and threads that can be read "
          + "while offline, and that catches up after any absence without losing a message, "
          + "an edit or a deletion."
    },
    subcommands = {
      DemoCommand.class,
      SyncCommand.class,
      RoomsCommand.class,
      ThreadsCommand.class,
      MessagesCommand.class,
      SearchCommand.class,
      ExportCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      DiffCommand.class,
      ReconcileCommand.class,
      AdoptCommand.class,
      DoctorCommand.class,
      InspectCommand.class,
      FakeServerCommand.class,
      ExitCodesCommand.class,
      CommandLine.HelpCommand.class
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n")
final class StrandlineCommand implements Callable<Integer>, SurroundingsOf {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Say what is being done, also where nobody watches. Not with -q.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Say nothing but results and what went wrong.")
  private boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and what the library logs.")
  private boolean debug;

  StrandlineCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Runs what the command line asks for. */
  int run(CommandLine.ParseResult parsed) {
    if (quiet && verbose) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--quiet and --verbose exclude each other");
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  boolean verbose() {
    return verbose || debug;
  }

  boolean quiet() {
    return quiet;
  }

  /** Where to say what is no failure: nowhere with {@code --quiet}. */
  PrintWriter notes() {
    return quiet ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
  }

  boolean debug() {
    return debug;
  }

  /** What the main help says at its end, and no other. */
  static final String[] FOOTER = {
    "",
    "Environment:",
    "  STRANDLINE_USER_ID, STRANDLINE_AUTH_TOKEN",
    "      the account and its personal access token, made in Rocket.Chat under",
    "      My Account > Personal Access Tokens",
    "  HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY",
    "      the proxy to the server, and servers to ask directly, e.g.",
    "      HTTPS_PROXY=http://proxy.example.org:3128",
    "  STRANDLINE_JAVA_OPTS",
    "      options for the running JVM, e.g. -Xmx64m",
    "  NO_COLOR",
    "      no colours, where it is set and not empty",
    "",
    "Results go to standard output, progress and messages to standard error.",
    "What a command ends with: strandline help exit-codes",
    "Nothing to try it on? Start with: strandline demo"
  };

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitState.USAGE;
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = StrandlineCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "strandline " + (version == null ? "from a working copy" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("os.name")
      };
    }
  }
}
