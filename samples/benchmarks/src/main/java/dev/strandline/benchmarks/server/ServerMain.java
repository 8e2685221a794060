package dev.strandline.benchmarks.server;

import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The server's process: prints its port, and ends with its standard input. */
public final class ServerMain {
  private ServerMain() {}

  /** Takes {@code filled} or {@code empty}, and a shape's arguments. */
  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    Workspace workspace = new Workspace(Shape.of(words.subList(1, words.size())));
    CannedServer server = new CannedServer(workspace, words.get(0).equals("filled"));
    Thread watch = new Thread(ServerMain::endWithInput, "end-with-input");
    watch.setDaemon(true);
    watch.start();
    System.out.println(server.port());
    System.out.flush();
    server.serve();
  }

  /** Whoever started this process holds the other end, and lets go of it at the latest by dying. */
  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }
}
