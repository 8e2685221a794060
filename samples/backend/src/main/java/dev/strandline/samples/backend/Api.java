package dev.strandline.samples.backend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.LocalCopy;
import dev.strandline.MessageLookup;
import dev.strandline.MessagePage;
import dev.strandline.RoomOverview;
import dev.strandline.ThreadList;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an account's app can read. Every answer is from the copy, and says what it is worth. */
final class Api {
  static final int LARGEST_PAGE = 200;
  private static final int PAGE = 50;
  private static final int LONGEST_SEARCH = 500;

  private Api() {}

  /** {@code rooms}: all of them, with how synchronisation stands. */
  static ObjectNode rooms(Tenant tenant, Asked asked) {
    asked.allowOnly(Set.of());
    ObjectNode answer = Json.object();
    ArrayNode rooms = answer.putArray("rooms");
    tenant
        .local()
        .atOneMoment(
            local -> {
              local.rooms().forEach(room -> rooms.add(Json.room(room)));
              return answer.set("coverage", Json.coverage(local.coverage()));
            });
    answer.set("sync", Json.standing(tenant.standing()));
    return answer;
  }

  /** {@code rooms/ID}. */
  static ObjectNode room(Tenant tenant, Asked asked, String id) {
    asked.allowOnly(Set.of());
    return Json.room(known(tenant.local().room(roomId(id))));
  }

  /** {@code rooms/ID/messages?limit=&before=}: newest first. */
  static ObjectNode messages(Tenant tenant, Asked asked, String id) {
    asked.allowOnly(Set.of("limit", "before"));
    RoomId room = knownRoom(tenant, id);
    Cursors cursors = new Cursors(tenant.name(), "room", id);
    return page(
        cursors,
        tenant.local().messages(room, cursors.read(asked.parameter("before")), limit(asked)));
  }

  /** {@code rooms/ID/threads?limit=}: the most recently replied to first. */
  static ObjectNode threads(Tenant tenant, Asked asked, String id) {
    asked.allowOnly(Set.of("limit"));
    ThreadList found = tenant.local().threads(knownRoom(tenant, id), limit(asked));
    ObjectNode answer = Json.object();
    ArrayNode threads = answer.putArray("threads");
    found.threads().forEach(thread -> threads.add(Json.thread(thread)));
    answer.set("coverage", Json.coverage(found.coverage()));
    return answer;
  }

  /** {@code threads/ROOT/messages?limit=&before=}: newest first, the root is not one of them. */
  static ObjectNode replies(Tenant tenant, Asked asked, String id) {
    asked.allowOnly(Set.of("limit", "before"));
    MessageId root = parsed(id, MessageId::new, "message");
    Cursors cursors = new Cursors(tenant.name(), "thread", id);
    MessagePage page =
        tenant.local().replies(root, cursors.read(asked.parameter("before")), limit(asked));
    if (page.messages().isEmpty() && !isKnown(tenant.local().message(root))) {
      throw new Refusal(
          404,
          "unknown-thread",
          "No thread with this root is in the copy.",
          "List a room's threads at rooms/ID/threads.");
    }
    return page(cursors, page);
  }

  private static boolean isKnown(MessageLookup lookup) {
    return lookup.message() != null || lookup.tombstone() != null;
  }

  /** {@code messages/ID}: one message, live or deleted. */
  static ObjectNode message(Tenant tenant, Asked asked, String id) {
    asked.allowOnly(Set.of());
    MessageLookup lookup = tenant.local().message(parsed(id, MessageId::new, "message"));
    if (!isKnown(lookup)) {
      throw new Refusal(
          404,
          "unknown-message",
          "No message with this id is in the copy.",
          "It may not have been read yet: look at its room's coverage.");
    }
    ObjectNode answer = Json.object();
    answer.put("deleted", lookup.message() == null);
    answer.set(
        "message", lookup.message() == null ? answer.nullNode() : Json.message(lookup.message()));
    answer.set("inQuestion", Json.inQuestion(lookup.inQuestion()));
    answer.set("coverage", Json.coverage(lookup.coverage()));
    return answer;
  }

  /** {@code search?q=&room=&author=&limit=&before=}: newest first. */
  static ObjectNode search(Tenant tenant, Asked asked) {
    asked.allowOnly(Set.of("q", "room", "author", "limit", "before"));
    String words = asked.parameter("q");
    if (words == null || words.isBlank() || words.length() > LONGEST_SEARCH) {
      throw Refusal.badParameter(
          "q",
          "must be 1 to " + LONGEST_SEARCH + " characters.",
          "Send the words to look for, as in search?q=low+tide");
    }
    String room = asked.parameter("room");
    String author = asked.parameter("author");
    @Nullable RoomOverview within = room == null ? null : known(tenant.local().room(roomId(room)));
    Cursors cursors =
        new Cursors(tenant.name(), "search", words, String.valueOf(room), String.valueOf(author));
    SearchPage page;
    try {
      page =
          tenant
              .local()
              .search(
                  SearchQuery.of(words)
                      .room(within == null ? null : within.room().id())
                      .author(author)
                      .order(SearchQuery.Order.NEWEST)
                      .before(cursors.read(asked.parameter("before")))
                      .limit(limit(asked))
                      .build());
    } catch (IllegalArgumentException e) {
      throw Refusal.badParameter("q", "has no word to look for.", "Send at least one word.");
    }
    ObjectNode answer = Json.object();
    ArrayNode hits = answer.putArray("hits");
    page.hits().forEach(hit -> hits.add(hit(hit)));
    answer.put("next", cursors.write(page.next()));
    answer.set("coverage", searched(tenant.local(), within));
    return answer;
  }

  private static ObjectNode hit(SearchHit hit) {
    ObjectNode json = Json.object();
    json.set("message", Json.message(hit.message()));
    ArrayNode places = json.putArray("places");
    hit.places().forEach(place -> places.addArray().add(place.start()).add(place.end()));
    return json;
  }

  /** A search is worth what the rooms are worth that it looks through. */
  private static ObjectNode searched(LocalCopy local, @Nullable RoomOverview within) {
    if (within != null) {
      return Json.coverage(within.coverage());
    }
    return Json.coverage(local.coverage());
  }

  private static ObjectNode page(Cursors cursors, MessagePage page) {
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    page.messages().forEach(message -> messages.add(Json.message(message)));
    answer.put("next", cursors.write(page.next()));
    answer.set("coverage", Json.coverage(page.coverage()));
    return answer;
  }

  private static int limit(Asked asked) {
    return asked.number("limit", PAGE, LARGEST_PAGE);
  }

  /** Without its counts, which take the longer the larger the room is. */
  private static RoomId knownRoom(Tenant tenant, String id) {
    return known(tenant.local().entry(roomId(id))).id();
  }

  private static <T> T known(Optional<T> room) {
    return room.orElseThrow(
        () ->
            new Refusal(
                404,
                "unknown-room",
                "No room with this id is in the copy.",
                "List the rooms at rooms. A new one is there after the next synchronisation."));
  }

  private static RoomId roomId(String id) {
    return parsed(id, RoomId::new, "room");
  }

  private static <T> T parsed(String id, Function<String, T> constructor, String what) {
    try {
      return constructor.apply(id);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          400, "bad-id", "This is no " + what + "'s id.", "Use an id that an answer named.");
    }
  }
}
