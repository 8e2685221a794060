package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.spi.StoreOwner;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.CredentialsProvider;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.HttpTransportBuilder;
import dev.strandline.transport.http.Scrubbing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines. Apart from the options, so that a command which asks no server loads nothing that
 * could.
 */
final class Engines {
  private Engines() {}

  /**
   * An engine over {@code database}, which is created where it is missing. The server is the one
   * that the options name, or else the one that the database belongs to.
   */
  static Opened open(Server server, Path database, SyncOptions options, StrandlineCommand root) {
    return open(server, database, Documents.AS_THEY_ARE, options, root);
  }

  /** The same with documents of a kind, to which the database is brought. */
  static Opened open(
      Server server,
      Path database,
      Documents documents,
      SyncOptions options,
      StrandlineCommand root) {
    Map<String, String> environment = root.surroundings().environment();
    Account account = Account.find(server.credentials(), environment);
    URI named = server.url();
    boolean exists = Files.exists(database);
    if (named == null && !exists) {
      throw Problem.usage(
          "--server is missing, and there is no database at " + database + " that would tell it.",
          "Give --server URL the first time; the database remembers it.");
    }
    // A URL that makes no sense is refused before a file is made for it.
    HttpTransport transport = named == null ? null : transport(server, named, account, environment);
    SqliteStore store = null;
    try {
      store =
          SqliteStore.builder()
              .documents(documents)
              .migrations(Database.telling(root))
              .onIndexing(IndexProgress.of(root))
              .open(database);
      if (transport == null) {
        transport = transport(server, stored(store, database), account, environment);
      }
      Strandline strandline =
          Strandline.builder().transport(transport).store(store).options(options).build();
      return new Opened(strandline, exists ? null : database.toRealPath());
    } catch (IOException e) {
      close(store, transport);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close(store, transport);
      throw e;
    }
  }

  private static void close(@Nullable SqliteStore store, @Nullable HttpTransport transport) {
    if (store != null) {
      store.close();
    }
    if (transport != null) {
      transport.close();
    }
  }

  /** The URL of the server that the database belongs to. */
  private static URI stored(SqliteStore store, Path database) {
    StoreOwner owner = LocalCopy.of(store).owner().orElse(null);
    String url = owner == null ? null : owner.server();
    if (url == null) {
      throw Problem.usage(
          "--server is missing, and "
              + database
              + (owner == null
                  ? " belongs to no server yet."
                  : " was made by an early version, which did not keep its server's URL."),
          "Give --server URL once more; the database remembers it.");
    }
    return URI.create(url);
  }

  /** A transport to {@code url} for the account that the options and surroundings tell. */
  static HttpTransport transport(Server server, URI url, Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    return transport(server, url, Account.find(server.credentials(), environment), environment);
  }

  private static HttpTransport transport(
      Server server, URI url, Account account, Map<String, String> environment) {
    Credentials login;
    try {
      login = new Credentials(account.userId(), account.authToken());
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ExitState.NOT_AUTHORISED,
          "the credentials cannot be right: " + e.getMessage() + ".",
          "Copy the user id and the token once more from Rocket.Chat.");
    }
    HttpTransportBuilder transport =
        HttpTransport.builder(url)
            .credentials(new GivenLogin(login))
            .allowPlainHttp(server.allowsHttp());
    HttpClient client = HttpClients.throughProxy(url, environment);
    if (client != null) {
      transport.httpClient(client);
    }
    Path recording = server.recording();
    if (recording != null) {
      transport.recordTo(
          recording, server.recordsForSharing() ? Scrubbing.forSharing() : Scrubbing.secretsOnly());
    }
    try {
      return transport.build();
    } catch (IllegalArgumentException e) {
      // The URL is one; what is left to be refused is that others could listen.
      throw Problem.usage(
          url + " would be sent the credentials unencrypted.",
          "Use its https URL, or allow it with --allow-http.");
    }
  }

  /** The account's login, which only a person can renew. */
  private record GivenLogin(Credentials current) implements CredentialsProvider {
    @Override
    public Credentials renew(Credentials refused) {
      throw new NotAuthorizedException(
          "The server refuses the user id and the token. Make a new token in Rocket.Chat (My Account"
              + " > Personal Access Tokens; with \"Ignore Two Factor Authentication\" where the"
              + " account has a second factor), and put both where the old ones are: in"
              + " STRANDLINE_USER_ID and STRANDLINE_AUTH_TOKEN, or in the file of --credentials.");
    }

    @Override
    public String toString() {
      return "GivenLogin[withheld]";
    }
  }
}
