package dev.strandline.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The command in JVMs of their own, many of them and short-lived: what they load at their start is
 * kept in an archive of classes that they share.
 */
final class ChildCommand {
  private final Path folder;
  private final List<String> options;

  private ChildCommand(Path folder, List<String> options) {
    this.folder = folder;
    this.options = options;
  }

  /** Children that start as they are. */
  static ChildCommand plain(Path folder) {
    return new ChildCommand(folder, options(folder, System.getProperty("java.class.path")));
  }

  /** Children that start fast, after one that has run {@code example} and has left the archive. */
  static ChildCommand archived(Path folder, Cli account, Object... example) throws Exception {
    String tested =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> jars = new ArrayList<>();
    for (String part : tested.split(java.io.File.pathSeparator, -1)) {
      Path path = Path.of(part);
      // An archive of classes knows jars only.
      jars.add(Files.isDirectory(path) ? jar(path, folder, jars.size()) : part);
    }
    List<String> options = options(folder, String.join(java.io.File.pathSeparator, jars));
    Path archive = folder.resolve("classes.jsa");
    List<String> dumping = new ArrayList<>(options);
    dumping.add(0, "-XX:ArchiveClassesAtExit=" + archive);
    Process first = new ChildCommand(folder, dumping).start("archiving", account, example);
    if (first.waitFor() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("archiving.err")));
    }
    options.add(0, "-XX:SharedArchiveFile=" + archive);
    return new ChildCommand(folder, options);
  }

  private static List<String> options(Path folder, String classPath) {
    // Short-lived: compiling thoroughly does not pay. Where SQLite's library is unpacked to, a
    // child that is killed leaves it behind.
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + folder));
    if (Runtime.version().feature() >= 24) {
      // As the manifest of the command's jar says; otherwise Java warns where the errors go.
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    options.addAll(List.of("-cp", classPath));
    return options;
  }

  /**
   * Starts the command.
   *
   * @param name of the files in the folder that hold what it prints: name.out and name.err
   */
  Process start(String name, Cli account, Object... args) throws IOException {
    return start(List.of(), name, account, args);
  }

  /** As {@link #start(String, Cli, Object...)}, behind the words of another command. */
  Process start(List<String> before, String name, Cli account, Object... args) throws IOException {
    return builder(before, name, account, args)
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .start();
  }

  /** As {@link #start(String, Cli, Object...)}, with its results to be read while it runs. */
  Process startToBeRead(String name, Cli account, Object... args) throws IOException {
    return builder(List.of(), name, account, args).start();
  }

  private ProcessBuilder builder(List<String> before, String name, Cli account, Object... args) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(Main.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(account.environment());
    return builder.redirectError(folder.resolve(name + ".err").toFile());
  }

  private static String jar(Path classes, Path folder, int number) throws IOException {
    Path jar = folder.resolve("classes-" + number + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
      for (Path each : files.toList()) {
        String name = classes.relativize(each).toString().replace('\\', '/');
        if (!name.equals("module-info.class")) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(each, out);
        }
      }
    }
    return jar.toString();
  }
}
