package dev.strandline.cli;

import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Table;
import dev.strandline.spi.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline doctor}. */
@Command(
    name = "doctor",
    header = "Checks the database.",
    description = {
      "Reads the whole file and checks everything that the stored rows can show by themselves.",
      "Changes nothing and asks no server.",
      "",
      "Example:",
      "  strandline doctor --db chat.db"
    })
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StrandlineCommand root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Database database = new Database();

  @Option(names = "--json", description = "Print a JSON object a finding, one a line.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = database.read(local -> local.check());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      findings.forEach(finding -> out.println(json(finding)));
    } else if (!findings.isEmpty()) {
      Table table = Table.of(words("CHECK"), text("ABOUT"), words("FINDING"));
      findings.forEach(f -> table.row(f.check(), f.subject(), f.message()));
      table.print(out, root.surroundings().cells());
    }
    out.flush();
    spec.commandLine()
        .getErr()
        .println(
            findings.isEmpty()
                ? database.file() + " is sound."
                : database.file() + " has " + findings.size() + " findings.");
    return findings.isEmpty() ? ExitState.DONE : ExitState.DIFFERENCES;
  }

  private static JsonObject json(Finding finding) {
    return new JsonObject()
        .put("check", finding.check())
        .put("subject", finding.subject())
        .put("message", finding.message());
  }
}
