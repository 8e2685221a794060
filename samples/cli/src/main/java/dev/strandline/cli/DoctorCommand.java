package dev.strandline.cli;

import static dev.strandline.cli.text.Table.note;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.cli.text.Table;
import dev.strandline.error.StoreException;
import dev.strandline.spi.Finding;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code strandline doctor}. */
@Command(
    name = "doctor",
    header = "Checks the database.",
    description = {
      "Reads the whole file and checks everything that the stored rows can show by "
          + "themselves. Changes nothing and asks no server.",
      "",
      "Example:",
      "  strandline doctor --db chat.db"
    })
final class DoctorCommand extends ReadingCommand {
  @Override
  public Integer call() {
    record Diagnosis(List<Finding> findings, long unreadable) {}
    Diagnosis diagnosis =
        database()
            .read(
                local -> {
                  Diagnosis found = new Diagnosis(local.check(), local.unreadableRooms());
                  sayWhose(local);
                  return found;
                });
    List<Finding> findings = diagnosis.findings();
    if (json()) {
      findings.forEach(finding -> out().println(json(finding)));
      out()
          .println(
              new JsonObject().put("sound", findings.isEmpty()).put("findings", findings.size()));
    } else if (!findings.isEmpty()) {
      Table table = Table.of(words("CHECK"), text("ABOUT"), note("FINDING"));
      findings.forEach(f -> table.row(f.check(), f.subject(), f.message()));
      table.print(out(), surroundings().cells());
    }
    out().flush();
    notes()
        .println(
            findings.isEmpty()
                ? database().file() + " is sound."
                : database().file()
                    + " has "
                    + findings.size()
                    + (findings.size() == 1 ? " finding." : " findings."));
    if (diagnosis.unreadable() > 0) {
      err().println(RoomListWords.unreadable(diagnosis.unreadable()));
    }
    return findings.isEmpty() ? ExitState.DONE : ExitState.DIFFERENCES;
  }

  private void sayWhose(LocalCopy local) {
    try {
      notes().println(Owners.line(database().file(), local));
    } catch (StoreException e) {
      // The findings tell what is the matter with the file.
      notes().println(database().file() + " does not tell whose it is.");
    }
  }

  private static JsonObject json(Finding finding) {
    return new JsonObject()
        .put("check", finding.check())
        .put("subject", finding.subject())
        .put("message", finding.message());
  }
}
