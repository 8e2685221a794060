package dev.strandline.cli.demo;

import dev.strandline.cli.Problem;
import dev.strandline.cli.SurroundingsOf;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline fake-server}. */
@Command(
    name = "fake-server",
    header = "Runs a fake Rocket.Chat server, for trying things.",
    description = {
      "Listens on this machine only, prints its URL, the user id and the token to use, "
          + "and runs until it is stopped (Ctrl-C).",
      "",
      "Under /_fake/ it can be driven from outside, without a login, for example:",
      "  curl $URL/_fake/rooms                the rooms",
      "  curl $URL/_fake/rooms/ID/messages    its messages, as they should arrive",
      "  curl $URL/_fake/users                the users and their tokens",
      "  curl $URL/_fake/requests             how often each route was called",
      "  curl -X POST \"$URL/_fake/rooms/ID/post?count=20&text=hello\"",
      "       also /edit, /reply, /delete, /hide (silently), /fill, with count=N;",
      "       /prune, /leave, /join, /remove",
      "  curl -X POST \"$URL/_fake/users/ID/rename?to=NAME\"",
      "       stamps all their messages alike",
      "  curl -X POST \"$URL/_fake/clock?advance=PT24H\"    or set=INSTANT",
      "  curl -X POST \"$URL/_fake/limiter?calls=10\"       0 is off; window=PT1M",
      "  curl -X POST \"$URL/_fake/settings?Message_KeepHistory=true\"",
      "  curl -X POST \"$URL/_fake/faults?fault=status:500&times=3\"",
      "       also delay:PT2S, cut:BYTES, hang, reset, html, garbage, unauthorized,",
      "       without-date; route=chat.syncMessages",
      "  curl -X POST $URL/_fake/stop         ends it",
      "",
      "Example:",
      "  strandline fake-server --port 3300 --messages 5000 --rooms 3"
    })
public final class FakeServerCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SurroundingsOf root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where to listen on 127.0.0.1; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many rooms. Default: ${DEFAULT-VALUE}.")
  private int rooms;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many messages in each room. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of them begin a thread. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws ids and texts: the same seed, the same. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--form",
      paramLabel = "6|7|8.7",
      defaultValue = "8.7",
      description = "Which server to resemble; 6 knows no cursors. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String form;

  @Option(
      names = "--limit",
      paramLabel = "CALLS|off",
      defaultValue = "off",
      description =
          "Calls a minute that the rate limiter allows for each route; a real server's default is"
              + " 10. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String limit;

  @Option(
      names = "--json",
      description = "Print one JSON object: url, userId, authToken, rooms (their ids).")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    check("--rooms", rooms, 0, 10_000);
    check("--messages", messages, 0, 5_000_000);
    check("--threads", threads, 0, Math.max(messages, 0));
    check("--port", port, 0, 65_535);
    FakeServerRun.Plan plan =
        new FakeServerRun.Plan(port, rooms, messages, threads, seed, form, limit);
    return FakeServerRun.run(plan, json, spec.commandLine().getOut(), root.surroundings());
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw Problem.usage(
          option + " must be " + least + " to " + most + ", not " + value + ".",
          "See: strandline fake-server --help");
    }
  }
}
