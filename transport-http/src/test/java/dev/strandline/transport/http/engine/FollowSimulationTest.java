package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.FollowOptions;
import dev.strandline.Following;
import dev.strandline.ScopeStatus;
import dev.strandline.SyncOptions;
import dev.strandline.journal.JournalLimits;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.Request;
import dev.strandline.transport.http.internal.DirectWire.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * R15: many hours of following at ten calls a minute, with people who write, edit and delete, with
 * outages, server restarts and a device that sleeps; alone on the address, and beside somebody who
 * spends the same budget without a thought. {@code -Dbudget.hours=10000} plays more than a year.
 */
class FollowSimulationTest {
  private static final int HOURS = Integer.getInteger("budget.hours", 20);
  private static final long SEED = Long.getLong("budget.seed", 7);
  private static final int ROOMS = 25;

  /** The longest pause after failures, what a run takes at ten calls a minute, and some air. */
  private static final Duration SOON = Duration.ofMinutes(12);

  private record Written(RoomId room, String id, long at) {}

  private final VirtualTown town = new VirtualTown(SEED, ROOMS);
  private final List<Written> posted = new ArrayList<>();
  private final List<Written> edited = new ArrayList<>();
  private final Map<String, Integer> callsByWindow = new HashMap<>();
  private final Set<String> refusedWindows = new HashSet<>();
  private final List<String> broken = new ArrayList<>();
  private Following following;
  private boolean over;
  private long troubleUntil;
  private long endsAt;
  private int mostInAWindow;
  private long requests;
  private long refusals;

  @Test
  void r15_aloneOnTheAddressNoCallIsRefused() {
    play(() -> {});

    assertThat(refusals).isZero();
  }

  @Test
  void r15_besideAnotherClientAtMostOneCallAWindowIsRefused() {
    play(this::neighbour);

    assertThat(refusals).as("the neighbour is felt").isPositive();
  }

  private void play(Runnable neighbour) {
    // A journal of thousands of pages, copied and pruned by each run, takes most of the time.
    town.options =
        town.options.toBuilder().journal(new JournalLimits(100, Duration.ofDays(1))).build();
    town.newEngine();
    for (RoomId room : town.rooms) {
      town.post(room);
    }
    town.settle();
    town.wire.onAnswer = this::count;
    endsAt = town.time.nanoTime() + Duration.ofHours(HOURS).toNanos();
    following = town.engine.follow(FollowOptions.defaults(), report -> look());
    town.time.play(following, this::people, this::weather, neighbour, this::end);

    assertThat(broken).isEmpty();
    town.assertEqualsServer();
    System.out.printf(
        "followed %d rooms for %d hours, seed %d: %d runs, %d requests (%.1f an hour), at most %d"
            + " in a window, %d refused%n",
        ROOMS,
        HOURS,
        SEED,
        following.state().runs(),
        requests,
        requests / (double) HOURS,
        mostInAWindow,
        refusals);
  }

  private void count(Exchange exchange) {
    requests++;
    String window = exchange.route() + " until " + exchange.reset();
    if (callsByWindow.size() > 1_000) {
      callsByWindow.clear();
    }
    int calls = callsByWindow.merge(window, 1, Integer::sum);
    mostInAWindow = Math.max(mostInAWindow, calls);
    if (calls > 11) {
      broken.add("a storm: more than eleven calls of " + window);
    }
    if (exchange.status() == 429) {
      refusals++;
      if (!refusedWindows.add(window)) {
        broken.add("refused twice: " + window);
      }
    }
  }

  // --- what happens ------------------------------------------------------------------------------

  private long now() {
    return town.workspace.clock().millis();
  }

  private void sleepUpTo(Duration most) {
    long nanos = 1 + (long) (town.random.nextDouble() * most.toNanos());
    town.sleep(Duration.ofNanos(Math.max(1, Math.min(nanos, endsAt - town.time.nanoTime()))));
  }

  private <T> T any(List<T> list) {
    return list.get(town.random.nextInt(list.size()));
  }

  /** Bursts by day, silence by night. */
  private void people() {
    List<Written> all = new ArrayList<>();
    while (!over) {
      boolean night = town.random.nextInt(60) == 0;
      sleepUpTo(night ? Duration.ofHours(9) : Duration.ofMinutes(15));
      RoomId room = any(town.rooms);
      for (int i = town.random.nextInt(4); i >= 0 && !over; i--) {
        Written post = new Written(room, town.post(room), now());
        all.add(post);
        posted.add(post);
        sleepUpTo(Duration.ofSeconds(20));
      }
      Written old = any(all);
      if (town.random.nextInt(3) == 0) {
        edited.add(new Written(old.room(), old.id(), now()));
        town.workspace.messages().edit(old.id(), town.bob, "edited");
      } else if (town.random.nextInt(4) == 0) {
        all.remove(old);
        posted.removeIf(written -> written.id().equals(old.id()));
        edited.removeIf(written -> written.id().equals(old.id()));
        town.workspace.removals().delete(old.id(), town.bob);
      }
      if (all.size() > 200) {
        all.remove(0);
      }
    }
  }

  /** No network, a server that starts anew and has forgotten its counts, a lid that is closed. */
  private void weather() {
    while (!over) {
      sleepUpTo(Duration.ofHours(12));
      switch (over ? 2 : town.random.nextInt(3)) {
        case 0 -> {
          town.wire.isDown = true;
          sleepUpTo(Duration.ofHours(town.random.nextInt(4) == 0 ? 5 : 1));
          town.wire.isDown = false;
        }
        case 1 -> town.time.suspend(Duration.ofMinutes(town.random.nextInt(600)));
        default -> town.api.rateLimit(RateLimit.serverDefault());
      }
      troubleUntil = now() + SOON.toMillis();
    }
  }

  /** Somebody else at the same address, who calls whenever he likes. */
  private void neighbour() {
    String[] routes = {"chat.syncMessages", "rooms.get", "subscriptions.get"};
    while (!over) {
      sleepUpTo(Duration.ofSeconds(town.random.nextInt(10) == 0 ? 600 : 20));
      String route = any(List.of(routes));
      for (int i = town.random.nextInt(3); i >= 0; i--) {
        String[] parameters = {"roomId", any(town.rooms).value(), "lastUpdate", "2027-01-01"};
        boolean isFeed = route.startsWith("chat.");
        Request call = Request.call(town.bob, route, isFeed ? parameters : new String[0]);
        town.api.handle(
            new Request(
                call.method(), call.path(), call.query(), call.headers(), VirtualTown.ADDRESS));
      }
    }
  }

  private void end() {
    town.sleep(Duration.ofHours(HOURS));
    over = true;
    town.sleep(SyncOptions.defaults().sweepWithin().plusHours(1));
    following.stop();
  }

  // --- what holds --------------------------------------------------------------------------------

  /** After a run: what is said to be known is known, and it is known in time. */
  private void look() {
    boolean calm = !town.wire.isDown && now() > troubleUntil;
    posted.removeIf(post -> stored(post) != null);
    Map<RoomId, ServerTime> news = posted.isEmpty() ? Map.of() : news();
    for (Written post : posted) {
      if (news.get(post.room()).epochMilli() >= post.at()) {
        broken.add("news as of " + news.get(post.room()) + " without " + post);
      } else if (calm && now() - post.at() > SOON.toMillis()) {
        broken.add("late by " + Duration.ofMillis(now() - post.at()) + ": " + post);
      }
    }
    edited.removeIf(
        edit -> {
          Message message = stored(edit);
          return message != null && message.updatedAt().epochMilli() >= edit.at();
        });
    Duration sweep = SyncOptions.defaults().sweepWithin().plus(SOON);
    for (Written edit : edited) {
      if (calm && now() - edit.at() > sweep.toMillis()) {
        broken.add("not swept for " + Duration.ofMillis(now() - edit.at()) + ": " + edit);
      }
    }
  }

  private Message stored(Written written) {
    return town.engine.local().message(new MessageId(written.id())).message();
  }

  private Map<RoomId, ServerTime> news() {
    Map<RoomId, ServerTime> news = new HashMap<>();
    for (ScopeStatus status : town.engine.local().status()) {
      if (status.scope() instanceof Scope.OfRoom room && status.newsAsOf() != null) {
        news.put(room.room(), status.newsAsOf());
      }
    }
    return news;
  }
}
