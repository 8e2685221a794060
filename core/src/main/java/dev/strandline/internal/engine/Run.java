package dev.strandline.internal.engine;

import dev.strandline.ChangeListener;
import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.Progress;
import dev.strandline.ReconcileReport;
import dev.strandline.ScopeReport;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.Recovery;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.StoreException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Membership;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.Store;
import dev.strandline.spi.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
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
  private final Merge merge;
  private final Calls calls;
  private final Handshake handshake;
  private final Discovery discovery;
  private final ServerKnowledge server = new ServerKnowledge();
  private final List<ScopeReport> reports = new ArrayList<>();
  private final Set<RoomId> refused = new HashSet<>();
  private @Nullable Failure stoppedBy;

  Run(
      Store store,
      Transport transport,
      SyncOptions options,
      DeviceClock clock,
      RandomGenerator jitter,
      Listeners listeners) {
    this.store = store;
    this.transport = transport;
    this.options = options;
    this.clock = clock;
    this.listeners = listeners;
    this.merge = new Merge(options.lookback());
    this.calls = new Calls(options.retry(), clock, jitter, listeners);
    this.handshake = new Handshake(store, transport, calls, server);
    this.discovery = new Discovery(store, transport, calls, options);
  }

  SyncReport sync(SyncRequest request) {
    Set<RoomId> rooms = new LinkedHashSet<>(request.rooms());
    try {
      handshake.run();
      if (request.includesEverything()) {
        rooms.addAll(discovery.run());
      }
    } catch (StrandlineException e) {
      stopOrThrow(e);
    }
    listeners.progress(new Progress.Planned(rooms.size() + request.threads().size()));
    rooms.forEach(this::syncRoom);
    request.threads().forEach(this::syncThread);
    // A room that cannot be read has no threads that can.
    rooms.removeAll(refused);
    for (RoomId room : rooms) {
      store
          .read(reader -> ThreadsToFollow.of(reader, room, options.threads(), options.lookback()))
          .stream()
          .filter(root -> !request.threads().contains(root))
          .forEach(this::syncFoundThread);
    }
    return new SyncReport(outcome(), calls.requests(), reports, stoppedBy);
  }

  /** Compares and repairs one room, after an ordinary pass where its feeds can be followed. */
  ReconcileReport reconcile(RoomId room) {
    List<MessageId> missing = new ArrayList<>();
    List<MessageId> different = new ArrayList<>();
    List<MessageId> surplus = new ArrayList<>();
    long[] compared = new long[1];
    ScopeReport report =
        prepared(
            Scope.room(room),
            session -> {
              ChangeListener noting =
                  changes -> {
                    missing.addAll(changes.added());
                    different.addAll(changes.changed());
                    surplus.addAll(changes.removed());
                  };
              reading(room, () -> passAndRepair(session, room, noting));
              compared[0] = store.read(reader -> reader.counts(room)).messages();
            });
    return new ReconcileReport(
        room,
        report.outcome(),
        true,
        calls.requests(),
        compared[0],
        missing,
        different,
        surplus,
        0,
        report.failure());
  }

  /** What an ordinary pass would have brought is no difference; the rest is noted. */
  private void passAndRepair(Session session, RoomId room, ChangeListener noting) {
    RoomPass pass = new RoomPass(session);
    // A pass that has to read the room whole would do the same work first, and unnoted.
    if (!pass.needsWholeReading(room)) {
      pass.run(room);
    }
    Runnable stop = listeners.onChange(noting);
    try {
      new Reconciliation(session).repair(room);
    } finally {
      stop.run();
    }
  }

  /** Compares one room and changes nothing. */
  ReconcileReport compare(RoomId room) {
    ReconcileReport[] found = new ReconcileReport[1];
    ScopeReport report =
        prepared(
            Scope.room(room),
            session -> {
              if (session.findState(room).isEmpty()) {
                throw new RoomUnavailableException(room);
              }
              found[0] = new Comparison(session, room).run();
            });
    return found[0] != null
        ? found[0]
        : ReconcileReport.failed(room, false, calls.requests(), report.failure());
  }

  private ScopeReport prepared(Scope scope, Work work) {
    Tally tally = new Tally(scope);
    calls.countFor(tally);
    try {
      handshake.run();
      work.run(session(tally));
      return tally.report(null);
    } catch (StoreException e) {
      throw e;
    } catch (StrandlineException e) {
      return tally.report(Failure.of(e));
    }
  }

  private Session session(Tally tally) {
    Commits commits = new Commits(store, merge, clock, listeners, tally);
    return new Session(store, transport, options, calls, server, commits, tally);
  }

  // --- the scopes ------------------------------------------------------------------------------

  private void syncRoom(RoomId room) {
    work(Scope.room(room), session -> reading(room, () -> new RoomPass(session).run(room)));
  }

  /** Works on a room, and takes note of whether the server lets it be read (R12). */
  private void reading(RoomId room, Runnable work) {
    try {
      work.run();
    } catch (RoomUnavailableException e) {
      refused.add(room);
      lose(room);
      throw e;
    }
    readable(room);
  }

  private void syncThread(MessageId root) {
    work(Scope.thread(root), session -> new ThreadPass(session).run(root));
  }

  /** A thread that was found and not asked for: that threads are off is then no failure. */
  private void syncFoundThread(MessageId root) {
    if (!server.hasThreads()) {
      return;
    }
    syncThread(root);
  }

  private interface Work {
    void run(Session session);
  }

  private void work(Scope scope, Work work) {
    Tally tally = new Tally(scope);
    if (stoppedBy != null) {
      reports.add(tally.report(stoppedBy));
      return;
    }
    listeners.progress(new Progress.Started(scope));
    calls.countFor(tally);
    @Nullable Failure failure = null;
    try {
      work.run(session(tally));
    } catch (StrandlineException e) {
      failure = Failure.of(e);
      if (endsTheRun(e)) {
        stopOrThrow(e);
      }
    } finally {
      calls.countFor(null);
    }
    ScopeReport report = tally.report(failure);
    reports.add(report);
    record(report);
    listeners.progress(new Progress.Finished(report));
  }

  /**
   * A server that cannot be reached for one scope, by all the policy's tries, is not for the next.
   */
  private static boolean endsTheRun(StrandlineException e) {
    // One that took too long was reached: another room may be smaller.
    return e.recovery() == Recovery.STOP
        || (e instanceof UnreachableException unreachable && !unreachable.timedOut());
  }

  /** The store's failures are thrown, since nothing can be recorded; the others end the run. */
  private void stopOrThrow(StrandlineException e) {
    if (e instanceof StoreException) {
      throw e;
    }
    stoppedBy = Failure.of(e);
  }

  private void record(ScopeReport report) {
    Instant now = clock.now();
    Failure failure = report.failure();
    store.write(
        writer -> {
          Instant lastComplete =
              failure == null
                  ? now
                  : writer.scopeRun(report.scope()).map(ScopeRun::lastCompleteAt).orElse(null);
          ScopeRun run =
              new ScopeRun(
                  report.scope(),
                  now,
                  report.outcome().word(),
                  report.requests(),
                  failure == null ? null : failure.kind(),
                  failure == null ? null : failure.message(),
                  lastComplete);
          writer.putScopeRun(run);
          return run;
        });
  }

  private Outcome outcome() {
    boolean allComplete =
        stoppedBy == null
            && reports.stream().allMatch(report -> report.outcome() == Outcome.COMPLETE);
    if (allComplete) {
      return Outcome.COMPLETE;
    }
    boolean allFailed = reports.stream().allMatch(report -> report.outcome() == Outcome.FAILED);
    return allFailed ? Outcome.FAILED : Outcome.PARTIAL;
  }

  // --- rooms that come and go ----------------------------------------------------------------

  /** R12: a refusal means gone or forbidden; the subscriptions tell, before anything is done. */
  private void lose(RoomId room) {
    if (discovery.confirm(room) != Membership.GONE) {
      return;
    }
    store.write(
        writer -> {
          if (writer.room(room).isPresent()) {
            discovery.leave(writer, room);
          }
          return room;
        });
  }

  /** A room that could be read although the caller has no subscription to it. */
  private void readable(RoomId id) {
    store.write(
        writer -> {
          Room room = writer.room(id).orElse(Room.builder(id).build());
          if (room.membership() == Membership.UNKNOWN || room.membership() == Membership.GONE) {
            writer.putRoom(room.toBuilder().membership(Membership.READER).build());
          }
          return room;
        });
  }
}
