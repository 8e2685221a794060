package dev.strandline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The lines of shell that a page shows, as they stand there, and which of them tests do not run.
 */
final class ShellLines {
  /** Lines that this test leaves out for good, and why. */
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "mvn verify",
          "runs this test",
          "mvn -q -pl samples/benchmarks -am -DskipTests package",
          "measures for an hour; MainTest of the benchmarks runs them small",
          "java -Xmx3g -jar samples/benchmarks/target/strandline-benchmarks.jar",
          "measures for an hour; MainTest of the benchmarks runs them small",
          "java -Xmx3g -jar samples/benchmarks/target/strandline-benchmarks.jar migration --messages N",
          "measures for long; MainTest of the benchmarks runs it small",
          "keytool -importcert -noprompt -alias office -file office-ca.pem \\",
          "needs the file of an office's certificate authority",
          "  -keystore office.p12 -storetype PKCS12 -storepass changeit",
          "needs the file of an office's certificate authority",
          "java -jar wiremock-standalone.jar --port 8081 --root-dir recording",
          "RecordingTest runs it, on a free port",
          "./strandline sync --server http://localhost:8081 --db replayed.db --room general",
          "RecordingTest runs it, on a free port");

  /** Commands that run until they are stopped, once they have said where. */
  private static final Pattern SERVES = Pattern.compile("\\./strandline (inspect|fake-server) .*");

  private static final Pattern BLOCK =
      Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private ShellLines() {}

  /** All lines of a page, in order. */
  static List<String> of(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .flatMap(block -> block.group(1).lines())
        .filter(line -> !line.isBlank())
        .toList();
  }

  static boolean isRun(String line) {
    return !ELSEWHERE.containsKey(line);
  }

  /** The line, for a script: what serves is stopped when it has said where. */
  static String scripted(String line) {
    return SERVES.matcher(line).matches()
        ? "rm -f said; mkfifo said; " + line + " >said & read -r link <said; kill $!; wait $! || :"
        : line;
  }
}
