package dev.strandline.cli;

import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.HttpTransportBuilder;
import dev.strandline.transport.http.Scrubbing;
import java.nio.file.Path;

/**
 * Makes engines. Apart from the options, so that a command which asks no server loads nothing that
 * could.
 */
final class Engines {
  private Engines() {}

  /** An engine over {@code database}, which is created where it is missing. */
  static Strandline open(
      Server server, Path database, SyncOptions options, Surroundings surroundings) {
    return open(server, database, Documents.AS_THEY_ARE, options, surroundings);
  }

  /** The same with documents of a kind, to which the database is brought. */
  static Strandline open(
      Server server,
      Path database,
      Documents documents,
      SyncOptions options,
      Surroundings surroundings) {
    Account account = Account.find(server.credentials(), surroundings.environment());
    HttpTransport transport = transport(server, account);
    try {
      return Strandline.builder()
          .transport(transport)
          .store(SqliteStore.builder().documents(documents).open(database))
          .options(options)
          .build();
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private static HttpTransport transport(Server server, Account account) {
    Credentials login;
    try {
      login = new Credentials(account.userId(), account.authToken());
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ExitState.NOT_AUTHORISED,
          "the credentials cannot be right: " + e.getMessage() + ".",
          "Copy the user id and the token once more from Rocket.Chat.");
    }
    try {
      HttpTransportBuilder transport =
          HttpTransport.builder(server.url())
              .credentials(login)
              .allowPlainHttp(server.allowsHttp());
      Path recording = server.recording();
      if (recording != null) {
        transport.recordTo(
            recording,
            server.recordsForSharing() ? Scrubbing.forSharing() : Scrubbing.secretsOnly());
      }
      return transport.build();
    } catch (IllegalArgumentException e) {
      throw Problem.usage(
          String.valueOf(e.getMessage()),
          "Check --server; --allow-http permits http:// to another machine.");
    }
  }
}
