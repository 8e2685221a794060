package dev.strandline.samples.backend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.RetryPolicy;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.spi.Workers;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStores;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.SharedHttp;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The service: many accounts, each with its engine and its database, and what they share. An
 * account that sleeps costs some objects; everything else is bounded by the settings.
 */
final class Backend implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Backend.class.getName());

  /** A database's cache: what is read is a page of messages, not the whole file. */
  private static final long CACHE_BYTES = 1 << 20;

  /** How many rooms of one account are worked on at a time, while threads are free. */
  private static final int LANES = 4;

  private static final Duration STUCK_CHECK = Duration.ofSeconds(5);

  private final Settings settings;
  private final Map<String, Tenant> tenants = new LinkedHashMap<>();
  private final SharedHttp http = SharedHttp.create();
  private final SqliteStores stores;
  private final ScheduledExecutorService timer;
  private final ChangeLog log = new ChangeLog();
  private final Metrics metrics = new Metrics();
  private final AtomicInteger unseen;
  private final EventStreams streams;
  private final SyncLine line;
  private final HttpFace face;
  private volatile boolean stopping;

  private Backend(Settings settings, List<Account> accounts) throws IOException {
    this.settings = settings;
    stores =
        SqliteStores.builder()
            .settings(
                SqliteStore.builder()
                    .cacheBytes(CACHE_BYTES)
                    .searchIndexing(SqliteStore.SearchIndexing.ON))
            .idleAfter(settings.idleAfter)
            .keepOpen(settings.keepOpen)
            .build();
    // At least one thread for each run, so that every run gets on.
    Workers workers = Workers.atMost(2 * settings.syncs);
    for (Account account : accounts) {
      tenants.put(account.name(), new Tenant(account, strandline(account, workers)));
    }
    unseen = new AtomicInteger(tenants.size());
    timer = timer();
    streams = new EventStreams(log, settings.listeners, settings.heartbeat);
    line =
        new SyncLine(
            List.copyOf(tenants.values()),
            new SyncLine.Rhythm(settings.syncEvery, settings.syncAsleepEvery, settings.turn),
            Backend::whatToAsk,
            this::isAwake,
            this::ended,
            timer);
    face = new HttpFace(settings.listen, settings.httpThreads, tenants, new Handling(), metrics);
  }

  /**
   * Starts the service.
   *
   * @throws IOException where it cannot listen
   */
  static Backend start(Settings settings, List<Account> accounts) throws IOException {
    JdkSettings.apply();
    Backend backend = new Backend(settings, accounts);
    backend.line.start(settings.syncs);
    long everyMillis = STUCK_CHECK.toMillis();
    ScheduledFuture<?> unused =
        backend.timer.scheduleWithFixedDelay(
            backend.streams::dropStuck, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    backend.face.start();
    return backend;
  }

  private Strandline strandline(Account account, Workers workers) {
    Path file = settings.data.resolve(account.name() + ".db");
    Strandline strandline =
        Strandline.builder()
            .store(stores.at(file))
            .transport(
                HttpTransport.builder(account.server())
                    .credentials(account.credentials())
                    .allowPlainHttp(account.allowPlainHttp())
                    .userAgent("strandline-backend")
                    .requestTimeout(Duration.ofSeconds(30))
                    .shared(http)
                    .build())
            .options(
                SyncOptions.builder()
                    .lanes(LANES)
                    .pageSize(500)
                    // The line tries again; a thread is not held for that.
                    .retry(RetryPolicy.never())
                    .build())
            .workers(workers)
            .build();
    Runnable unused = strandline.onChange(changes -> log.changed(account.name(), changes));
    return strandline;
  }

  /** What has changed, as cheaply as that can be known; all of it where somebody waits for it. */
  private static SyncRequest whatToAsk(Tenant tenant, boolean isAskedFor) {
    return isAskedFor ? SyncRequest.everything() : SyncRequest.changes();
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "backend-timer"));
    // A turn that ended in time leaves nothing behind.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private boolean isAwake(Tenant tenant) {
    return tenant.unusedNanos() < settings.sleepAfter.toNanos() || log.isListening(tenant.name());
  }

  private void ended(Tenant tenant, @Nullable SyncReport report) {
    metrics.synchronised(report == null ? "broken" : report.outcome().word());
    ObjectNode event = Json.object();
    event.put("outcome", report == null ? "failed" : report.outcome().word());
    event.set("failure", Json.failure(tenant.standing().failure()));
    log.add(tenant.name(), "sync", event.toString());
    if (tenant.standing().runs() == 1 && unseen.decrementAndGet() == 0) {
      LOG.log(Level.INFO, "every account has had its first run");
    }
  }

  URI url() {
    return URI.create(
        "http://"
            + (settings.listen.getHostString().contains(":")
                ? "[" + settings.listen.getHostString() + "]"
                : settings.listen.getHostString())
            + ":"
            + face.address().getPort());
  }

  /** Ends what is under way, in order: nothing new, listeners, runs, answers, files. */
  @Override
  public void close() {
    stopping = true;
    streams.close();
    line.close();
    face.close();
    tenants.values().forEach(Tenant::close);
    stores.close();
    http.close();
    timer.shutdownNow();
  }

  /** What the HTTP side asks for besides pages. */
  private final class Handling implements HttpFace.Handling {
    @Override
    public void used(Tenant tenant) {
      tenant.used();
      Duration unused = line.used(tenant);
    }

    @Override
    public ObjectNode syncNow(Tenant tenant) {
      Duration wait = line.askedFor(tenant);
      return Json.object().put("dueInSeconds", wait.toSeconds());
    }

    @Override
    public ObjectNode status(Tenant tenant) {
      Tenant.Standing standing = tenant.standing();
      ObjectNode status = Json.object().put("account", tenant.name());
      status.set("sync", Json.standing(standing));
      return status.put("runs", standing.runs());
    }

    @Override
    public void listen(Tenant tenant, Asked asked) {
      streams.open(asked.exchange(), tenant.name(), asked.header("Last-Event-ID"));
    }

    @Override
    public HttpFace.Health live() {
      return new HttpFace.Health(
          line.isWorking() || stopping ? "" : "a thread that synchronises has died");
    }

    @Override
    public HttpFace.Health ready() {
      if (stopping) {
        return new HttpFace.Health("stopping");
      }
      return new HttpFace.Health(
          Files.isWritable(settings.data) ? "" : "the data directory cannot be written");
    }

    @Override
    public String metrics() {
      return page().text();
    }
  }

  private Metrics.Page page() {
    int awake = 0;
    int neverComplete = 0;
    long lag = 0;
    for (Tenant tenant : tenants.values()) {
      Tenant.Standing standing = tenant.standing();
      Long complete = standing.completeNanos();
      neverComplete += complete == null ? 1 : 0;
      if (isAwake(tenant)) {
        awake++;
        lag = Math.max(lag, complete == null ? 0 : System.nanoTime() - complete);
      }
    }
    return metrics
        .page()
        .gauges(
            "accounts",
            "Accounts, by whether an app uses them.",
            "state",
            Map.of("awake", awake, "asleep", tenants.size() - awake))
        .gauge("accounts_never_complete", "Accounts without a whole run yet.", neverComplete)
        .gauge("sync_lag_seconds", "The oldest whole run of those awake.", lag / 1_000_000_000)
        .gauge("syncs_running", "Accounts being synchronised.", line.running())
        .gauge("syncs_waiting", "Accounts that are due and wait.", line.waiting())
        .gauge(
            "sync_wait_seconds", "How long the first has waited.", line.longestWait().toSeconds())
        .gauge("open_files", "Databases that are open.", stores.openFiles())
        .gauge("listeners", "Apps that listen for changes.", streams.listening())
        .counter("listeners_dropped_total", "Apps that did not keep up.", streams.dropped())
        .counter("upstream_calls_total", "Calls to Rocket.Chat.", http.pacing().calls())
        .counter(
            "upstream_refusals_total",
            "Calls refused for being too many (429).",
            http.pacing().refusals());
  }
}
