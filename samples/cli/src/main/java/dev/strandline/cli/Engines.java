package dev.strandline.cli;

import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.CredentialsProvider;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.HttpTransportBuilder;
import dev.strandline.transport.http.Scrubbing;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes engines. Apart from the options, so that a command which asks no server loads nothing that
 * could.
 */
final class Engines {
  private Engines() {}

  /** An engine over {@code database}, which is created where it is missing. */
  static Strandline open(
      Server server, Path database, SyncOptions options, StrandlineCommand root) {
    return open(server, database, Documents.AS_THEY_ARE, options, root);
  }

  /** The same with documents of a kind, to which the database is brought. */
  static Strandline open(
      Server server,
      Path database,
      Documents documents,
      SyncOptions options,
      StrandlineCommand root) {
    Map<String, String> environment = root.surroundings().environment();
    Account account = Account.find(server.credentials(), environment);
    HttpTransport transport = transport(server, account, environment);
    try {
      return Strandline.builder()
          .transport(transport)
          .store(
              SqliteStore.builder()
                  .documents(documents)
                  .onIndexing(IndexProgress.of(root))
                  .open(database))
          .options(options)
          .build();
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private static HttpTransport transport(
      Server server, Account account, Map<String, String> environment) {
    Credentials login;
    try {
      login = new Credentials(account.userId(), account.authToken());
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ExitState.NOT_AUTHORISED,
          "the credentials cannot be right: " + e.getMessage() + ".",
          "Copy the user id and the token once more from Rocket.Chat.");
    }
    URI url = server.url();
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
