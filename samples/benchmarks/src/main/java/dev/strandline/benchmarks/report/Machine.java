package dev.strandline.benchmarks.report;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/** What the figures were taken on. */
public final class Machine {
  private Machine() {}

  /** One line for each thing that a reader might ask. */
  public static void describe(Report report, Path folder) throws IOException, SQLException {
    report.table("Machine", "what", "which");
    report.row(
        "processor",
        Runtime.getRuntime().availableProcessors() + " × " + fact("/proc/cpuinfo", "model name"));
    report.row("memory", fact("/proc/meminfo", "MemTotal"));
    report.row("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    FileStore disk = Files.getFileStore(folder);
    report.row("file system", disk.type() + " on " + disk.name());
    report.row(
        "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    report.row("SQLite", sqlite() + ", sqlite-jdbc " + SQLiteJDBCLoader.getVersion());
    report.row("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
  }

  private static String sqlite() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT sqlite_version()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static String fact(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      Optional<String> line = lines.filter(text -> text.startsWith(name)).findFirst();
      return line.map(text -> text.substring(text.indexOf(':') + 1).strip()).orElse("not told");
    } catch (IOException e) {
      return "not told";
    }
  }
}
