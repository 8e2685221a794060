package dev.strandline;

import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.engine.Engine;
import dev.strandline.internal.engine.Follower;
import dev.strandline.internal.engine.Surroundings;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a local copy of Rocket.Chat rooms and threads up to date: one account, one store.
 *
 * <p>A run is a call that blocks until the present is reached or nothing more can be done; it is
 * reported, not thrown, save for failures of the store. Runs of one {@code Strandline} follow one
 * another, from whatever threads they are started; reading through {@link #local()} never waits for
 * them. Everything here is safe for several threads.
 *
 * <p>A run can end at any point, by cancellation or by the death of the process: what was committed
 * is whole, and the next run goes on from there (R2).
 */
public final class Strandline implements AutoCloseable {
  private final Store store;
  private final Transport transport;
  private final Listeners listeners;
  private final Surroundings surroundings;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final Engine engine;
  private final LocalCopy local;

  private Strandline(Builder builder) {
    store = Objects.requireNonNull(builder.store, "a store is needed: builder().store(…)");
    transport =
        Objects.requireNonNull(builder.transport, "a transport is needed: builder().transport(…)");
    listeners = new Listeners();
    local = LocalCopy.of(store);
    surroundings = new Surroundings(builder.clock, builder.workers, builder.jitter, listeners);
    engine = new Engine(store, transport, builder.options, surroundings);
  }

  /** Starts an engine; it needs a store and a transport. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Brings what is asked for to the present.
   *
   * @return what was done, scope by scope, failures included
   * @throws dev.strandline.error.StoreException where the store cannot be used, or belongs to
   *     another account
   */
  public SyncReport sync(SyncRequest request) {
    return sync(request, new Cancellation());
  }

  /**
   * The same, to be ended by {@code cancellation} or by interrupting the calling thread; the report
   * then says so in {@link SyncReport#stoppedBy()}.
   */
  public SyncReport sync(SyncRequest request, Cancellation cancellation) {
    return engine.sync(request, cancellation);
  }

  /** Brings one room to the present; see {@link #sync(SyncRequest)}. */
  public SyncReport syncRoom(RoomId room) {
    return sync(SyncRequest.room(room));
  }

  /** Brings one thread to the present; see {@link #sync(SyncRequest)}. */
  public SyncReport syncThread(MessageId root) {
    return sync(SyncRequest.thread(root));
  }

  /** Finds the caller's rooms and brings them to the present; see {@link #sync(SyncRequest)}. */
  public SyncReport syncEverything() {
    return sync(SyncRequest.everything());
  }

  /** The same for one name; see {@link #findRooms}. */
  public RoomMatch findRoom(String given) {
    return findRooms(List.of(given), new Cancellation()).get(0);
  }

  /**
   * Finds the rooms that people mean by what they wrote: an id, or a name with or without {@code #}
   * or {@code @}. A name is a channel's or group's name, its display name, or the user name or name
   * of a direct conversation's partner; the case matters only where it tells two rooms apart.
   *
   * <p>Names that one stored room has cost nothing. Otherwise the server's directory is read and
   * stored, which is three requests at most for all names together, and one more for each text that
   * names no room, in case it is the id of a room that the account may read without being a member.
   * Such a room is found by its id alone. Nothing is stored of a name that is unknown.
   *
   * @param given 1 to 512 characters each
   * @return a match for each, in the same order
   * @throws IllegalArgumentException where one is empty or too long
   * @throws dev.strandline.error.StrandlineException where the server cannot be asked
   */
  public List<RoomMatch> findRooms(List<String> given, Cancellation cancellation) {
    // Each could be an id.
    given.forEach(RoomId::new);
    return engine.find(List.copyOf(given), cancellation);
  }

  /**
   * Binds the store to the transport's server, where the workspace that it belongs to has moved to
   * another URL. The user id has to be the same, the server has to accept the account's login, and
   * the workspace's identity has to be the same: nothing is changed otherwise. Does nothing where
   * the store is bound to that server already. A change from http to https on the same host needs
   * no adoption. Two requests.
   *
   * @return whose the store is now
   * @throws dev.strandline.error.StoreMismatchException where it may not be bound; says why, and
   *     what can be done
   * @throws dev.strandline.error.StrandlineException where the server cannot be asked, or refuses
   *     the login
   */
  public StoreOwner adopt(AdoptRequest request) {
    return adopt(request, new Cancellation());
  }

  /** The same, to be ended by {@code cancellation}. */
  public StoreOwner adopt(AdoptRequest request, Cancellation cancellation) {
    return engine.adopt(request, cancellation);
  }

  /**
   * Compares what is stored of a whole room with the server and repairs what differs, without
   * wiping (R10, R11). Reads go on meanwhile; a run that ends early is continued by the next one
   * over the room. Costs at most about one request for each {@link SyncOptions#pageSize()} messages
   * of the room.
   */
  public ReconcileReport reconcile(RoomId room) {
    return reconcile(ReconcileRequest.room(room));
  }

  /** The same, to be ended by {@code cancellation}. */
  public ReconcileReport reconcile(RoomId room, Cancellation cancellation) {
    return reconcile(ReconcileRequest.room(room), cancellation);
  }

  /**
   * Compares a whole room with the server and changes nothing. Costs what {@link
   * #reconcile(RoomId)} costs, and memory for the room's message ids.
   */
  public ReconcileReport compare(RoomId room) {
    return reconcile(ReconcileRequest.room(room).withoutRepair());
  }

  /** The same, to be ended by {@code cancellation}. */
  public ReconcileReport compare(RoomId room, Cancellation cancellation) {
    return reconcile(ReconcileRequest.room(room).withoutRepair(), cancellation);
  }

  /** Compares a room or a thread in the way that {@code request} says. */
  public ReconcileReport reconcile(ReconcileRequest request) {
    return reconcile(request, new Cancellation());
  }

  /** The same, to be ended by {@code cancellation}. */
  public ReconcileReport reconcile(ReconcileRequest request, Cancellation cancellation) {
    return engine.reconcile(request, cancellation);
  }

  /** Keeps everything up to date, with {@link FollowOptions#defaults()}; see {@link Following}. */
  public Following follow(Consumer<? super SyncReport> afterEachRun) {
    return follow(FollowOptions.defaults(), afterEachRun);
  }

  /**
   * Keeps everything up to date until it is stopped. Nothing is begun before {@link Following#run}
   * is called, on a thread of its own; {@link #close} stops it.
   *
   * @param afterEachRun is told of every run, failed ones included, on the thread that follows
   */
  public Following follow(FollowOptions options, Consumer<? super SyncReport> afterEachRun) {
    Follower follower = new Follower(engine, options, surroundings, afterEachRun);
    followers.removeIf(earlier -> earlier.state().phase() == FollowState.Phase.ENDED);
    followers.add(follower);
    return follower;
  }

  /** Reads what is stored. */
  public LocalCopy local() {
    return local;
  }

  /**
   * Adds a listener to what runs change.
   *
   * @return removes it again
   */
  public Runnable onChange(ChangeListener listener) {
    return listeners.onChange(listener);
  }

  /**
   * Adds a listener to what runs do.
   *
   * @return removes it again
   */
  public Runnable onProgress(ProgressListener listener) {
    return listeners.onProgress(listener);
  }

  /**
   * Stops what follows, waits for the run that is under way, then closes the store and the
   * transport. To close sooner, cancel the run first.
   */
  @Override
  public void close() {
    followers.forEach(Follower::stop);
    engine.close();
    try {
      transport.close();
    } finally {
      store.close();
    }
  }

  /** Collects what an engine needs. Not safe for several threads. */
  public static final class Builder {
    private @Nullable Store store;
    private @Nullable Transport transport;
    private SyncOptions options = SyncOptions.defaults();
    private DeviceClock clock = DeviceClock.system();
    private Workers workers = Workers.shared();
    // Not the default generator: on JDK 17 it is in a module that a linked image need not have.
    private RandomGenerator jitter = new Random();

    private Builder() {}

    /** Where messages are kept. The engine closes it. */
    public Builder store(Store value) {
      store = value;
      return this;
    }

    /** Where messages come from. The engine closes it. */
    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    /** How to work; default {@link SyncOptions#defaults()}. */
    public Builder options(SyncOptions value) {
      options = value;
      return this;
    }

    /** The device's clock; default the real one. For tests. */
    public Builder clock(DeviceClock value) {
      clock = value;
      return this;
    }

    /**
     * Which threads to work on besides the caller's; default {@link Workers#shared()}. A service
     * with many engines lets them share one bounded pool.
     */
    public Builder workers(Workers value) {
      workers = value;
      return this;
    }

    /** Shortens pauses at random; default an unseeded generator. For tests that are repeatable. */
    public Builder jitter(RandomGenerator value) {
      jitter = value;
      return this;
    }

    /**
     * Makes the engine. Nothing is asked and nothing written until the first run.
     *
     * @throws NullPointerException where the store or the transport is missing
     */
    public Strandline build() {
      return new Strandline(this);
    }
  }
}
