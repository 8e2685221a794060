package dev.strandline.benchmarks.baseline;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.net.URI;
import java.nio.file.Path;

/** Strandline as an application uses it: everything that the account can see, up to the present. */
public final class StrandlineSync implements Contender {
  private final URI address;
  private final SyncOptions options;

  public StrandlineSync(URI address, SyncOptions options) {
    this.address = address;
    this.options = options;
  }

  @Override
  public String name() {
    return "**Strandline**";
  }

  @Override
  public void run(Path file) {
    try (Strandline strandline = open(file)) {
      SyncReport report = strandline.syncEverything();
      if (report.outcome() != Outcome.COMPLETE) {
        throw new IllegalStateException("the sync did not complete: " + report);
      }
    }
  }

  /** An engine that is ready to run. */
  public Strandline open(Path file) {
    return Strandline.builder()
        .store(SqliteStore.open(file))
        .transport(
            HttpTransport.builder(address)
                .credentials(new Credentials("me", "a-token-that-opens-nothing"))
                .allowPlainHttp(true)
                .build())
        .options(options)
        .build();
  }
}
