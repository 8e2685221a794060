package dev.strandline.samples.backend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.ServerClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workspace with a fake server, a folder, and the accounts file of some of its people. */
final class Harbour implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final FakeWorkspace workspace;
  final FakeServer server;
  final Path folder;
  private final Map<String, FakeUser> people = new LinkedHashMap<>();
  private final Map<String, String> servers = new LinkedHashMap<>();

  /** On a clock that goes on a millisecond with each write, so that messages have an order. */
  Harbour(Path folder) {
    this(folder, FakeServerOptions.builder().build(), FakeWorkspace.create());
  }

  /** On a clock that runs, as a rate limiter's windows want it. */
  Harbour(Path folder, FakeServerOptions options) {
    this(folder, options, FakeWorkspace.create(ServerClock.running(), 7));
  }

  private Harbour(Path folder, FakeServerOptions options, FakeWorkspace workspace) {
    this.folder = folder;
    this.workspace = workspace;
    server = FakeServer.start(workspace, options);
  }

  /** A person with an account. */
  FakeUser person(String name) {
    FakeUser user = workspace.users().create(name, name);
    people.put(name, user);
    return user;
  }

  /** The account of {@code name} is on another server. */
  void elsewhere(String name, String url) {
    servers.put(name, url);
  }

  String room(String name, FakeUser... members) {
    return workspace.rooms().create(FakeRoomType.GROUP, name, members);
  }

  static String token(String name) {
    return "token-of-" + name + "-0123456789";
  }

  /** Writes the accounts down. */
  Path accounts() {
    ObjectNode root = JSON.createObjectNode();
    root.put("server", server.url());
    ArrayNode accounts = root.putArray("accounts");
    people.forEach(
        (name, user) -> {
          ObjectNode account =
              accounts
                  .addObject()
                  .put("name", name)
                  .put("userId", user.id())
                  .put("authToken", user.authToken())
                  .put("token", token(name));
          if (servers.containsKey(name)) {
            account.put("server", servers.get(name));
          }
        });
    Path file = folder.resolve("accounts.json");
    try {
      Files.writeString(file, root.toPrettyString());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The arguments of a service over this, on a free port, and {@code more}. */
  String[] arguments(String... more) {
    try {
      Path data = Files.createDirectories(folder.resolve("data"));
      List<String> all = new ArrayList<>();
      all.addAll(List.of("--accounts", accounts().toString(), "--data", data.toString()));
      all.addAll(List.of("--listen", "127.0.0.1:0", "--sync-every", "P1D"));
      all.addAll(Arrays.asList(more));
      return all.toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the service in this process. */
  Backend start(String... more) {
    Settings settings = Settings.of(arguments(more));
    try {
      return Backend.start(settings, AccountsFile.read(settings.accounts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
