package dev.strandline.internal.engine;

import dev.strandline.AdoptRequest;
import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.Progress;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.RoomMatch;
import dev.strandline.ScopeReport;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.Recovery;
import dev.strandline.error.StoreException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.call.Tally;
import dev.strandline.internal.commit.Commits;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.commit.Scribe;
import dev.strandline.internal.directory.Candidates;
import dev.strandline.internal.directory.Discovery;
import dev.strandline.internal.directory.Memberships;
import dev.strandline.internal.directory.Ownership;
import dev.strandline.internal.feed.PageSize;
import dev.strandline.internal.feed.ServerKnowledge;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.feed.ThreadsToFollow;
import dev.strandline.internal.journal.NotingTransport;
import dev.strandline.internal.journal.PassJournal;
import dev.strandline.internal.journal.RunJournal;
import dev.strandline.internal.read.RoomNames;
import dev.strandline.internal.reconcile.Findings;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Membership;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: find out what there is to do, do it scope by scope, report.
 *
 * <p>A scope that fails does not keep the others from being tried, unless nothing further can
 * succeed: then the run stops, and the scopes that were not tried are reported with the same
 * failure.
 */
final class Run {
  private final Store store;
  private final Transport transport;
  private final SyncOptions options;
  private final DeviceClock clock;
  private final Listeners listeners;
  private final Workers workers;
  private final Scribe scribe;
  private final Lanes lanes;
  private final Agenda agenda;
  private final Calls calls;
  private final Remembered remembered;
  private final RunJournal journal;
  private final Ownership ownership;
  private final Handshake handshake;
  private final Discovery discovery;
  private final Candidates candidates;
  private final RoomAccess access;
  private final ServerKnowledge server;
  private final Reports reports = new Reports();
  private volatile @Nullable Failure stoppedBy;

  Run(
      Store store,
      Transport transport,
      SyncOptions options,
      Surroundings surroundings,
      Remembered remembered,
      Cancellation cancellation) {
    this.store = store;
    this.server = new ServerKnowledge(remembered.attempts());
    this.transport = transport;
    this.options = options;
    this.clock = surroundings.clock();
    this.listeners = surroundings.listeners();
    this.workers = surroundings.workers();
    this.scribe = new Scribe(store, new Merge(options.lookback()), clock, listeners, workers);
    this.lanes = new Lanes(workers, scribe, options.lanes(), cancellation);
    this.agenda = new Agenda(workers);
    this.calls =
        new Calls(
            options.retry(),
            clock,
            surroundings.jitter(),
            remembered.server(),
            surroundings.listeners()::progress);
    this.remembered = remembered;
    this.journal = new RunJournal(clock, options.journal());
    Transport noting = new NotingTransport(transport, journal.ownPages());
    this.ownership = new Ownership(store, transport.account(), journal);
    this.handshake = new Handshake(store, noting, server, remembered.meeting(), ownership, journal);
    Memberships memberships = new Memberships(options, server);
    this.discovery =
        new Discovery(store, noting, calls, options, memberships, ownership, journal, clock);
    this.candidates = new Candidates(store, options, remembered.rounds(), remembered.refusals());
    this.access = new RoomAccess(discovery, memberships, remembered.refusals());
  }

  SyncReport sync(SyncRequest request) {
    Set<RoomId> rooms = new LinkedHashSet<>(request.rooms());
    List<Scope> named = new ArrayList<>();
    request.rooms().forEach(room -> named.add(Scope.room(room)));
    request.threads().forEach(root -> named.add(Scope.thread(root)));
    journal.is(RunEntry.Kind.SYNC, atLarge(request), named);
    try {
      if (request.isForChangesOnly()) {
        handshake.runUnlessRecent(calls);
        readDirectory();
        rooms.addAll(candidates.due(calls.clock(), request.mostRooms(), server.hasThreads()));
      } else {
        handshake.run(calls);
      }
      if (request.includesEverything()) {
        readDirectory();
        rooms.addAll(candidates.all());
      } else if (!request.isForChangesOnly() && !areInDirectory(request.rooms())) {
        readDirectory();
      }
    } catch (StrandlineException e) {
      stop(e);
    }
    listeners.progress(new Progress.Planned(rooms.size() + request.threads().size()));
    rooms.forEach(room -> plan(Scope.room(room), room));
    request.threads().forEach(root -> plan(Scope.thread(root), roomOf(root)));
    lanes.work(agenda, item -> workOn(item, request));
    // A run that never began has not found the store to be the caller's.
    long unreadable = journal.number() == 0 ? 0 : store.read(StoreReader::quarantinedOfDirectory);
    boolean mayMissRooms = unreadable > 0 && server.knowsDirectory();
    Outcome outcome = reports.outcome(stoppedBy, mayMissRooms);
    endJournal(outcome, stoppedBy);
    SyncReport report =
        new SyncReport(
            journal.number(),
            outcome,
            calls.requests(),
            calls.routes(),
            calls.bytes(),
            reports.all(),
            candidates.left(),
            unreadable,
            stoppedBy);
    if (stoppedBy != null || report.scopes().stream().anyMatch(Run::mayBeAnotherServer)) {
      remembered.meeting().forget();
    }
    return report;
  }

  /** Which rooms are meant by what people wrote; see {@code Strandline.findRooms}. */
  List<RoomMatch> find(List<String> given) {
    journal.omit();
    return orForgetting(
        () -> {
          ownership.check();
          List<RoomMatch> known = match(given);
          if (ownership.isSettled() && known.stream().allMatch(Run::isCertain)) {
            return known;
          }
          handshake.runUnlessRecent(calls);
          readDirectory();
          RoomProbe probe = new RoomProbe(transport, calls, clock);
          return match(given).stream().map(probe::resolved).toList();
        });
  }

  private List<RoomMatch> match(List<String> given) {
    RoomNames names = new RoomNames(store.read(StoreReader::rooms));
    return given.stream().map(names::match).toList();
  }

  /** The name of a room that is gone may be another room's by now. */
  private static boolean isCertain(RoomMatch match) {
    return match.room().filter(room -> room.membership() != Membership.GONE).isPresent();
  }

  /** Binds the store to its server at another URL. */
  StoreOwner adopt(AdoptRequest request) {
    StoreOwner owner = new Adoption(store, transport, calls, request).run();
    remembered.meeting().forget();
    return owner;
  }

  private <T> T orForgetting(Supplier<T> work) {
    try {
      return work.get();
    } catch (StrandlineException e) {
      remembered.meeting().forget();
      throw e;
    }
  }

  private void readDirectory() {
    discovery.run();
    server.directoryRead();
  }

  /**
   * Whether nothing has to be known of {@code rooms} before they are read, such as their names. The
   * directory is also what a server shows to an account that it accepts, before which the store is
   * nobody's.
   */
  private boolean areInDirectory(List<RoomId> rooms) {
    return ownership.isSettled()
        && store.read(reader -> rooms.stream().allMatch(room -> reader.room(room).isPresent()));
  }

  private static @Nullable String atLarge(SyncRequest request) {
    return request.isForChangesOnly()
        ? "changes"
        : request.includesEverything() ? "everything" : null;
  }

  private static boolean mayBeAnotherServer(ScopeReport report) {
    Failure failure = report.failure();
    return failure != null && failure.cause().recovery() != Recovery.SKIP_SCOPE;
  }

  /** Reports are in the order of the plan: which lane is the first to begin is left to chance. */
  private void plan(Scope scope, @Nullable RoomId room) {
    reports.expect(scope);
    agenda.add(new Agenda.Item(scope, room));
  }

  /** Where a thread is known to be, so that it does not get in its room's way (R7). */
  private @Nullable RoomId roomOf(MessageId root) {
    return store
        .read(
            reader ->
                reader
                    .threadState(root)
                    .map(ThreadState::room)
                    .or(() -> reader.version(root).map(StoredVersion::room)))
        .orElse(null);
  }

  /** Whether {@code thread} is one of those that work for this run besides its own. */
  boolean includes(Thread thread) {
    return lanes.include(thread);
  }

  /** Compares one room or thread with the server, and repairs it where that is wanted. */
  ReconcileReport reconcile(ReconcileRequest request) {
    RunEntry.Kind kind = request.dryRun() ? RunEntry.Kind.COMPARE : RunEntry.Kind.RECONCILE;
    journal.is(kind, null, List.of(request.scope()));
    Findings found = new Findings(request);
    ScopeReport report =
        prepared(request.scope(), session -> reconcile(session, request.scope(), found));
    endJournal(report.outcome(), report.failure());
    if (mayBeAnotherServer(report)) {
      remembered.meeting().forget();
    }
    return found.report(journal.number(), report.outcome(), calls.requests(), report.failure());
  }

  private void reconcile(Session session, Scope scope, Findings found) {
    if (found.request().dryRun()) {
      session.journal().now(Purpose.COMPARE);
      new Comparisons(session, found).run(scope);
    } else if (scope instanceof Scope.OfRoom room) {
      RoomId id = room.room();
      access.read(session, id, () -> new Repair(session, listeners, found).room(id));
    } else {
      new Repair(session, listeners, found).thread(((Scope.OfThread) scope).root());
    }
  }

  private ScopeReport prepared(Scope scope, Work work) {
    Tally tally = new Tally(scope);
    Session session = session(tally);
    @Nullable Failure failure = null;
    try {
      handshake.run(session.calls());
      if (!ownership.isSettled()) {
        readDirectory();
      }
      work.run(session);
      session.commits().settle();
    } catch (StoreException e) {
      throw e;
    } catch (StrandlineException e) {
      failure = Failure.of(e);
    }
    ScopeReport report = tally.report(failure);
    session.journal().end(report);
    return report;
  }

  private void endJournal(Outcome outcome, @Nullable Failure failure) {
    if (journal.number() != 0) {
      store.write(
          writer -> {
            journal.end(writer, outcome, calls.requests(), failure);
            return outcome;
          });
    }
  }

  private Session session(Tally tally) {
    PassJournal pass = journal.pass(tally.scope());
    Commits commits = new Commits(store, scribe, tally, pass, workers);
    Calls counted = calls.countingFor(tally, commits::tellFirst);
    Transport noting = new NotingTransport(transport, pass);
    return new Session(
        noting, options, counted, server, commits, tally, pass, new PageSize(options));
  }

  // --- the scopes ------------------------------------------------------------------------------

  private Lanes.Rest workOn(Agenda.Item item, SyncRequest request) {
    if (item.scope() instanceof Scope.OfThread thread) {
      return work(item.scope(), session -> new ThreadPass(session).run(thread.root()), () -> {});
    }
    RoomId room = ((Scope.OfRoom) item.scope()).room();
    return work(
        item.scope(),
        session -> access.read(session, room, () -> sync(session, room)),
        () -> addThreads(room, request));
  }

  private static void sync(Session session, RoomId room) {
    new RoomPass(session).run(room);
    new Suspicion(session).settle(room);
  }

  /** The threads of a room that nobody asked for and that need requests of their own. */
  private void addThreads(RoomId room, SyncRequest request) {
    // A room that cannot be read has no threads that can; that threads are off is no failure here.
    if (access.isRefused(room) || !server.hasThreads()) {
      return;
    }
    store
        .read(reader -> ThreadsToFollow.of(reader, room, options.threads(), options.lookback()))
        .stream()
        .filter(root -> !request.threads().contains(root))
        .forEach(root -> plan(Scope.thread(root), room));
  }

  private interface Work {
    void run(Session session);
  }

  /** Does {@code work}, and leaves the scope's end to when all of it is committed. */
  private Lanes.Rest work(Scope scope, Work work, Runnable then) {
    Tally tally = new Tally(scope);
    Failure already = stoppedBy;
    if (already != null) {
      journal.pass(scope).skip(already);
      reports.end(tally.report(already));
      return new Ending(() -> true, then);
    }
    Session session = session(tally);
    session.commits().tell(new Progress.Started(scope));
    @Nullable Failure failure = tried(() -> work.run(session));
    return new Ending(
        session.commits()::isSettled,
        () -> {
          end(session, failure);
          then.run();
        });
  }

  private record Ending(BooleanSupplier ready, Runnable rest) implements Lanes.Rest {
    @Override
    public boolean isReady() {
      return ready.getAsBoolean();
    }

    @Override
    public void finish() {
      rest.run();
    }
  }

  private @Nullable Failure tried(Runnable step) {
    try {
      step.run();
      return null;
    } catch (StrandlineException e) {
      return failed(e);
    }
  }

  private void end(Session session, @Nullable Failure worked) {
    Commits commits = session.commits();
    @Nullable Failure failure = worked != null ? worked : tried(commits::settle);
    commits.settle();
    ScopeReport report = session.tally().report(failure);
    reports.end(report);
    session.journal().end(report);
    commits.soon(
        writer -> {
          record(writer, report);
          session.journal().write(writer);
        });
    commits.tell(new Progress.Finished(report));
  }

  /** What a scope has failed with; it can end the run, for every lane. */
  private synchronized Failure failed(StrandlineException e) {
    Failure already = stoppedBy;
    if (already != null && e instanceof SyncCancelledException) {
      // This lane was only interrupted because another had come to the end.
      return already;
    }
    if (e instanceof StoreException || (already == null && endsTheRun(e))) {
      stop(e);
    }
    return Failure.of(e);
  }

  /** The store's failures are thrown, since nothing can be recorded; the others end the run. */
  private void stop(StrandlineException e) {
    if (e instanceof StoreException) {
      throw e;
    }
    stoppedBy = Failure.of(e);
    lanes.stop();
  }

  /**
   * A server that cannot be reached for one scope, by all the policy's tries, is not for the next.
   */
  private static boolean endsTheRun(StrandlineException e) {
    // One whose answer took too long or broke off was reached: another room may be smaller.
    return e.recovery() == Recovery.STOP
        || (e instanceof UnreachableException unreachable && !unreachable.reached());
  }

  private void record(StoreWriter writer, ScopeReport report) {
    Instant now = clock.now();
    Failure failure = report.failure();
    if (failure != null && !isKnown(writer, report.scope())) {
      // An id that the server does not know either, as far as can be told: nothing is left of it.
      return;
    }
    Instant lastComplete =
        failure == null
            ? now
            : writer.scopeRun(report.scope()).map(ScopeRun::lastCompleteAt).orElse(null);
    writer.putScopeRun(
        new ScopeRun(
            report.scope(),
            now,
            report.outcome().word(),
            report.requests(),
            failure == null ? null : failure.kind(),
            failure == null ? null : failure.message(),
            lastComplete));
  }

  private static boolean isKnown(StoreReader reader, Scope scope) {
    if (scope instanceof Scope.OfThread thread) {
      return reader.threadState(thread.root()).isPresent()
          || reader.version(thread.root()).isPresent();
    }
    RoomId room = ((Scope.OfRoom) scope).room();
    return reader.room(room).isPresent() || reader.roomState(room).isPresent();
  }
}
