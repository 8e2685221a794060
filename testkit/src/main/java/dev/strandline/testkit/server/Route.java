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
 */
record Route(
    boolean login, boolean limited, @Nullable Schema schema, Function<Call, Response> answer) {

  /** All routes of a form of the server, by path. */
  static Map<String, Route> table(ServerForm form) {
    Map<String, Route> routes = new HashMap<>();
    boolean schemas = form.checksSchemas();
    routes.put("/api/info", new Route(false, false, null, ServerInfo::info));
    put(routes, "settings.public", new Route(false, true, null, ServerInfo::settings));
    put(routes, "me", open(ServerInfo::me));
    put(routes, "rooms.get", open(RoomLists::rooms));
    put(routes, "subscriptions.get", open(RoomLists::subscriptions));
    put(routes, "chat.getMessage", open(RoomMessages::single));
    put(
        routes,
        "chat.syncMessages",
        schemas
            ? checked(SyncMessages.SCHEMA, SyncMessages::answer)
            : open(SyncMessagesBefore71::answer));
    put(
        routes,
        "chat.syncThreadMessages",
        schemas
            ? checked(SyncThreadMessages.SCHEMA, SyncThreadMessages::answer)
            : open(SyncThreadMessages::answer));
    listings(routes, "channels", new RoomMessages(RoomType.CHANNEL));
    listings(routes, "groups", new RoomMessages(RoomType.GROUP));
    listings(routes, "im", new RoomMessages(RoomType.DIRECT));
    return Map.copyOf(routes);
  }

  private static void listings(Map<String, Route> routes, String family, RoomMessages messages) {
    put(routes, family + ".messages", open(messages::list));
    put(routes, family + ".history", open(messages::history));
  }

  private static void put(Map<String, Route> routes, String name, Route route) {
    routes.put("/api/v1/" + name, route);
  }

  private static Route open(Function<Call, Response> answer) {
    return new Route(true, true, null, answer);
  }

  private static Route checked(Schema schema, Function<Call, Response> answer) {
    return new Route(true, true, schema, answer);
  }
}
