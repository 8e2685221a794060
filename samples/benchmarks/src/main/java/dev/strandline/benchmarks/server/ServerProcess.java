package dev.strandline.benchmarks.server;

import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The server in a process of its own, so that its garbage and its threads are not the client's. */
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts a server with a workspace of {@code shape}, and waits until it has made it. */
  public static ServerProcess filled(Shape shape) {
    return start("filled", shape);
  }

  /** Starts a server that knows the rooms of {@code shape} and shows only what changes in them. */
  public static ServerProcess empty(Shape shape) {
    return start("empty", shape);
  }

  private static ServerProcess start(String how, Shape shape) {
    // Rows of one room are all there while their answers are made.
    long heap = 2_000 + 4_000L * shape.messages() / 1_000_000;
    List<String> options = new ArrayList<>(List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC"));
    options.add("-XX:MaxDirectMemorySize=" + (256 + 1000L * shape.messages() / 1_000_000) + "m");
    List<String> arguments = new ArrayList<>(List.of(how));
    arguments.addAll(shape.arguments());
    try {
      Process process = Jvm.command(options, ServerMain.class, arguments).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String port = out.readLine();
      if (port == null) {
        throw new IllegalStateException("the server did not start");
      }
      return new ServerProcess(process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return address;
  }

  /** Makes every later answer wait. */
  public void delay(int millis) {
    control("/bench/delay?ms=" + millis);
  }

  /** Lets {@code count} changes happen, spread over {@code rooms} rooms. */
  public void change(int rooms, int count) {
    control("/bench/change?rooms=" + rooms + "&count=" + count);
  }

  private void control(String target) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address.resolve(target)).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
