package dev.strandline.internal.read;

import dev.strandline.RoomMatch;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomType;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds rooms by what people write: an id, or a name with or without {@code #} or {@code @}, in the
 * right case or not. A room's names are the one that is shown, and the name and the display name of
 * its documents; a direct conversation's are its partner's.
 */
public final class RoomNames {
  private static final int SUGGESTIONS = 5;

  private final List<Room> rooms;

  /**
   * @param rooms all that are known
   */
  public RoomNames(List<Room> rooms) {
    this.rooms = rooms;
  }

  /** The rooms that {@code given} names, or those that it nearly names. */
  public RoomMatch match(String given) {
    String text = given.strip();
    List<Room> found = find(text);
    return new RoomMatch(given, found, found.isEmpty() ? near(bare(text)) : List.of());
  }

  /** The more exact, the better: what is found in one way is not looked for in the next. */
  private List<Room> find(String text) {
    String bare = bare(text);
    Predicate<Room> kind = kind(text);
    String folded = folded(bare);
    return Stream.<Predicate<Room>>of(
            room -> room.id().value().equals(text),
            room -> names(room).contains(text),
            room -> kind.test(room) && names(room).contains(bare),
            room -> kind.test(room) && names(room).stream().anyMatch(n -> folded(n).equals(folded)))
        .map(this::living)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Rooms that are gone are only meant where no other room has the name. */
  private List<Room> living(Predicate<Room> wanted) {
    List<Room> all = rooms.stream().filter(wanted).toList();
    List<Room> living = all.stream().filter(room -> room.membership() != Membership.GONE).toList();
    return living.isEmpty() ? all : living;
  }

  private static String bare(String text) {
    return text.length() > 1 && (text.startsWith("#") || text.startsWith("@"))
        ? text.substring(1)
        : text;
  }

  private static Predicate<Room> kind(String text) {
    if (text.startsWith("@")) {
      return room -> room.type() == RoomType.DIRECT;
    }
    return text.startsWith("#") ? room -> room.type() != RoomType.DIRECT : room -> true;
  }

  private static Set<String> names(Room room) {
    Set<String> names = new LinkedHashSet<>();
    add(names, room.name());
    for (String document : new String[] {room.subscriptionJson(), room.roomJson()}) {
      if (document != null) {
        Map<String, String> texts = JsonTexts.of(document, Set.of("name", "fname"));
        add(names, texts.get("name"));
        add(names, texts.get("fname"));
      }
    }
    return names;
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null && !name.isBlank()) {
      names.add(name.strip());
    }
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  // --- what was nearly written -----------------------------------------------------------------

  private List<Room> near(String text) {
    String wanted = folded(text);
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<Room, Integer> distances = new HashMap<>();
    for (Room room : rooms) {
      int distance = distance(room, wanted);
      if (distance <= Likeness.FARTHEST) {
        distances.put(room, distance);
      }
    }
    return distances.keySet().stream()
        .sorted(
            Comparator.<Room, Integer>comparing(distances::get)
                .thenComparing(room -> room.id().value()))
        .limit(SUGGESTIONS)
        .toList();
  }

  private static int distance(Room room, String wanted) {
    return Stream.concat(names(room).stream(), Stream.of(room.id().value()))
        .mapToInt(name -> Likeness.distance(folded(name), wanted))
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
