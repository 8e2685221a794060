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
  private final String name;
  private final SqliteStore.Builder store;

  public StrandlineSync(URI address, SyncOptions options) {
    this(address, options, "**Strandline**", SqliteStore.builder());
  }

  private StrandlineSync(URI address, SyncOptions options, String name, SqliteStore.Builder store) {
    this.address = address;
    this.options = options;
    this.name = name;
    this.store = store;
  }

  /** The same with a store of other settings, named after them. */
  public StrandlineSync with(String settings, SqliteStore.Builder other) {
    return new StrandlineSync(address, options, "**Strandline**, " + settings, other);
  }

  @Override
  public String name() {
    return name;
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
        .store(store.open(file))
        .transport(
            HttpTransport.builder(address)
                .credentials(new Credentials("me", "a-token-that-opens-nothing"))
                .allowPlainHttp(true)
                .build())
        .options(options)
        .build();
  }
}
