package dev.strandline.benchmarks;

import dev.strandline.benchmarks.data.Row;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import dev.strandline.benchmarks.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What all benchmarks are asked for. */
final class Setup {
  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Messages in the workspace. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rooms that they are in. Default: ${DEFAULT-VALUE}.")
  private int rooms;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Rounds before those, in which Java compiles; of the first its share of the reference is"
              + " told. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the files are made, and removed again. Default: a temporary folder.")
  private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Of the workspace.")
  private long seed;

  @Option(
      names = "--large",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "Messages in the large workspace of catch-up, reads and memory. Default:"
              + " ${DEFAULT-VALUE}.")
  private int large;

  @Option(
      names = "--cli",
      paramLabel = "COMMAND",
      defaultValue = "./strandline",
      description = "The command whose start is measured. Default: ${DEFAULT-VALUE}.")
  private Path cli = Path.of("");

  int rounds() {
    return rounds;
  }

  /** Rounds as they are asked for. */
  Rounds rounds(Report report) {
    return new Rounds(report, Math.max(1, warmUp), rounds);
  }

  Shape shape() {
    return Shape.of(messages, rooms, seed);
  }

  Shape largeShape() {
    return Shape.of(large, rooms, seed);
  }

  Path cli() {
    return cli;
  }

  Path folder() {
    return dir;
  }

  /** A folder of its own, which is removed with what is in it. */
  Scratch scratch() {
    try {
      return new Scratch(Files.createTempDirectory(dir, "strandline-benchmarks"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of a workspace, in memory, room by room in the order in which they are read. */
  static List<List<Row>> rows(Shape shape) {
    Workspace workspace = new Workspace(shape);
    List<List<Row>> rows = new ArrayList<>();
    for (int room = 0; room < shape.rooms(); room++) {
      rows.add(workspace.room(room));
    }
    return rows;
  }
}
