package dev.strandline.cli.demo;

import dev.strandline.cli.Problem;
import dev.strandline.cli.Surroundings;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.testkit.server.ServerForm;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills a workspace and serves it until somebody stops it. */
final class FakeServerRun {
  private FakeServerRun() {}

  /**
   * What the command line asks for.
   *
   * @param form {@code 6}, {@code 7} or {@code 8.7}
   * @param limit calls a minute, or {@code off}
   */
  record Plan(
      int port, int rooms, int messages, int threads, long seed, String form, String limit) {
    FakeServerOptions options() {
      return FakeServerOptions.builder()
          .port(port)
          .form(serverForm())
          .rateLimit(rateLimit())
          .build();
    }

    private ServerForm serverForm() {
      return switch (form) {
        case "6" -> ServerForm.V6;
        case "7" -> ServerForm.V7;
        case "8.7" -> ServerForm.V8_7;
        default ->
            throw Problem.usage("--form " + form + " is not known.", "There are 6, 7 and 8.7.");
      };
    }

    private RateLimit rateLimit() {
      if (limit.toLowerCase(Locale.ROOT).equals("off")) {
        return RateLimit.off();
      }
      if (!limit.matches("[0-9]{1,8}")) {
        throw Problem.usage(
            "--limit " + limit + " is no number of calls a minute.", "Give a number, or off.");
      }
      return new RateLimit(Integer.parseInt(limit), Duration.ofMinutes(1));
    }
  }

  static int run(Plan plan, boolean json, PrintWriter out, Surroundings surroundings)
      throws InterruptedException {
    FakeServerOptions options = plan.options();
    FakeWorld world = FakeWorld.create(ServerClock.running(), plan.seed());
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < plan.rooms(); i++) {
      rooms.add(world.addRoom(i, plan.messages(), plan.threads()));
    }
    try (FakeServer server = start(world, options)) {
      if (json) {
        out.println(
            new JsonObject()
                .put("url", server.url())
                .put("userId", world.me().id())
                .put("authToken", world.me().authToken())
                .putTexts("rooms", rooms));
      } else {
        print(world, server, out, surroundings);
      }
      out.flush();
      server.awaitStop();
    }
    return 0;
  }

  private static FakeServer start(FakeWorld world, FakeServerOptions options) {
    try {
      return FakeServer.start(world.workspace(), options);
    } catch (UncheckedIOException e) {
      throw Problem.usage(
          "the fake server cannot listen on port " + options.port() + ": " + e.getMessage(),
          "Choose another port; --port 0 takes a free one.");
    }
  }

  private static void print(
      FakeWorld world, FakeServer server, PrintWriter out, Surroundings surroundings) {
    String command = surroundings.environment().getOrDefault("STRANDLINE_COMMAND", "./strandline");
    out.println("A fake Rocket.Chat server listens at " + server.url());
    out.println("In another terminal:");
    out.println("  export STRANDLINE_USER_ID=" + world.me().id());
    out.println("  export STRANDLINE_AUTH_TOKEN=" + world.me().authToken());
    out.println("  " + command + " sync --server " + server.url() + " --db fake.db --all");
    out.println("Stop it with Ctrl-C.");
  }
}
