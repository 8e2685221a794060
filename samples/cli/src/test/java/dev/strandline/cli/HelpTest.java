package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.text.Width;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What commands say of themselves, and where somebody mistypes. */
class HelpTest {
  private static final Cli CLI = Cli.withoutAccount();

  @Test
  void everyHelpFitsTheTerminal() {
    for (String command : commands()) {
      for (int cells : new int[] {0, 60, 80, 200}) {
        Cli.Result help = CLI.onTerminal(cells).run(words(command, "--help"));
        assertThat(help.state()).isZero();
        int most = cells == 0 ? 80 : Math.min(100, cells);
        assertThat(plain(help.out()).lines())
            .as("%s on %s", command, cells)
            .allMatch(line -> Width.of(line) <= most);
      }
    }
  }

  @Test
  void noExampleIsTooLongForItsLine() {
    for (CommandLine command : root().getSubcommands().values()) {
      for (String line : command.getCommandSpec().usageMessage().description()) {
        if (line.startsWith("  ")) {
          assertThat(line.length()).as(line).isLessThanOrEqualTo(80);
        }
      }
    }
  }

  @Test
  void everyHelpHasTheSameParts() {
    Set<String> unlike = new TreeSet<>();
    for (String command : commands()) {
      String help = CLI.run(words(command, "--help")).out();
      if (!help.contains("Usage: strandline") || !help.contains("\nOptions:\n")) {
        unlike.add(command);
      }
      boolean hasExample = help.contains("Example:\n") || help.contains("Examples:\n");
      if (!hasExample && !Set.of("", "demo", "help", "exit-codes").contains(command)) {
        unlike.add(command);
      }
    }
    assertThat(unlike).isEmpty();
  }

  @Test
  void exitCodesAndTheEnvironmentAreToldOnce() {
    for (String command : commands()) {
      String help = CLI.run(words(command, "--help")).out();
      assertThat(help.contains("130 ")).as(command).isEqualTo(command.equals("exit-codes"));
      assertThat(help.contains("STRANDLINE_JAVA_OPTS")).as(command).isEqualTo(command.isEmpty());
    }
    String codes = CLI.run("help", "exit-codes").out();
    assertThat(codes).contains("7     differences", "143   stopped with SIGTERM");
    assertThat(CLI.run("exit-codes").out()).isEqualTo(codes);
    assertThat(CLI.run("--help").out()).contains("strandline help exit-codes");
  }

  @Test
  void coloursAreForWhoWatchesAndWantsThem() {
    assertThat(CLI.run("--help").out()).doesNotContain("\u001b");
    assertThat(CLI.onTerminal(80).run("--help").out()).contains("\u001b[");
    for (Map<String, String> environment :
        List.of(Map.of("NO_COLOR", "1"), Map.of("TERM", "dumb"))) {
      assertThat(new Cli(environment, 80).run("--help").out()).doesNotContain("\u001b");
    }
    assertThat(new Cli(Map.of("NO_COLOR", ""), 80).run("--help").out()).contains("\u001b[");
  }

  @Test
  void whatIsMistypedIsGuessed() {
    assertThat(CLI.run("serch").err())
        .startsWith("strandline: there is no command 'serch'.")
        .contains("Did you mean: strandline search");
    assertThat(CLI.run("help", "serch").err()).contains("Did you mean: strandline search");
    assertThat(CLI.run("messages", "--romm", "x", "--db", "y").err()).contains("--room");
    assertThat(CLI.run("messages", "--db", "y", "--untill", "2h").err()).contains("--until");
    assertThat(CLI.run("rooms", "--bd", "y").err()).contains("--db=FILE", "Unknown option: '--bd'");
    assertThat(CLI.run("serch").state()).isEqualTo(ExitState.USAGE);
  }

  @Test
  void quietAndVerboseExcludeEachOther() {
    Cli.Result result = CLI.run("rooms", "--db", "x", "-q", "-v");
    assertThat(result.state()).isEqualTo(ExitState.USAGE);
    assertThat(result.err()).contains("--quiet and --verbose exclude each other");
  }

  private static List<String> commands() {
    List<String> commands = new ArrayList<>(root().getSubcommands().keySet());
    commands.add("");
    return commands;
  }

  private static CommandLine root() {
    Surroundings surroundings =
        new Surroundings(Map.of(), 0, false, ZoneOffset.UTC, InstantSource.system());
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.commandLine(surroundings, nowhere, nowhere);
  }

  private static Object[] words(String command, String option) {
    return command.isEmpty() ? new Object[] {option} : new Object[] {command, option};
  }

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
