package dev.strandline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Runs the command in this process, as a user with the given account would. */
record Cli(Map<String, String> environment, int cells) {
  static final ObjectMapper JSON = new ObjectMapper();

  static Cli of(FakeUser user) {
    return new Cli(
        Map.of("STRANDLINE_USER_ID", user.id(), "STRANDLINE_AUTH_TOKEN", user.authToken()), 0);
  }

  static Cli withoutAccount() {
    return new Cli(Map.of(), 0);
  }

  Cli onTerminal(int width) {
    return new Cli(environment, width);
  }

  /** What a run left behind. */
  record Result(int state, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    JsonNode json() {
      return parsed(out);
    }
  }

  Result run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            cells,
            false,
            ZoneOffset.UTC,
            InstantSource.fixed(Instant.parse("2025-10-09T12:00:00Z")));
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int state =
        Main.commandLine(surroundings, new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(words);
    return new Result(state, out.toString(), err.toString());
  }

  /** Synchronises everything, or what else is asked for, without patience. */
  Result sync(FakeServer server, Path db, Object... more) {
    Object[] args = new Object[more.length + 7];
    Object[] first = {"sync", "--server", server.url(), "--db", db, "--retries", "0"};
    System.arraycopy(first, 0, args, 0, first.length);
    System.arraycopy(more, 0, args, first.length, more.length);
    return run(args);
  }

  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
