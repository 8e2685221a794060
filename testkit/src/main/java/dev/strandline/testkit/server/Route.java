package dev.strandline.testkit.server;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One GET route: who may call it, what its parameters must look like, and what answers it.
 *
 * @param schema null where the server checks none
 * @param limited whether its calls are counted by the rate limiter
 * @param ownLimit its allowance where that is not the general one; otherwise null
 */
record Route(
    boolean login,
    boolean limited,
    @Nullable RateLimit ownLimit,
    @Nullable Schema schema,
    Function<Call, Response> answer) {

  /** All routes of a form of the server, by path. */
  static Map<String, Route> table(ServerForm form) {
    Map<String, Route> routes = new HashMap<>();
    boolean schemas = form.checksSchemas();
    routes.put("/api/info", new Route(false, false, null, null, ServerInfo::info));
    put(routes, "settings.public", new Route(false, true, null, null, ServerInfo::settings));
    put(routes, "me", open(ServerInfo::me));
    put(routes, "rooms.get", open(RoomLists::rooms));
    put(routes, "subscriptions.get", open(RoomLists::subscriptions));
    put(
        routes,
        "chat.getMessage",
        checked(schemas ? RoomMessages.SINGLE : null, RoomMessages::single));
    put(
        routes,
        "chat.syncMessages",
        schemas
            ? checked(SyncMessages.schema(form), SyncMessages::answer)
            : open(SyncMessagesBefore71::answer));
    thread(
        routes,
        form,
        "chat.syncThreadMessages",
        checked(schemas ? SyncThreadMessages.SCHEMA : null, SyncThreadMessages::answer));
    thread(
        routes,
        form,
        "chat.getThreadMessages",
        checked(schemas ? ThreadListing.schema(form) : null, ThreadListing::answer));
    listings(routes, form, "channels", new RoomMessages(FakeRoomType.CHANNEL));
    listings(routes, form, "groups", new RoomMessages(FakeRoomType.GROUP));
    listings(routes, form, "im", new RoomMessages(FakeRoomType.DIRECT));
    return Map.copyOf(routes);
  }

  private static void listings(
      Map<String, Route> routes, ServerForm form, String family, RoomMessages messages) {
    put(routes, family + ".messages", checked(messages.schema(form), messages::list));
    put(routes, family + ".history", open(messages::history));
  }

  private static void thread(Map<String, Route> routes, ServerForm form, String name, Route route) {
    RateLimit own = form == ServerForm.V8_8 ? RateLimit.threads() : null;
    put(routes, name, new Route(true, true, own, route.schema(), route.answer()));
  }

  private static void put(Map<String, Route> routes, String name, Route route) {
    routes.put("/api/v1/" + name, route);
  }

  private static Route open(Function<Call, Response> answer) {
    return checked(null, answer);
  }

  private static Route checked(@Nullable Schema schema, Function<Call, Response> answer) {
    return new Route(true, true, null, schema, answer);
  }
}
