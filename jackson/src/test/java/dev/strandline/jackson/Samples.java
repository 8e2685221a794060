package dev.strandline.jackson;

import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Values of every type, with something in each component. */
final class Samples {
  static final RoomId ROOM = new RoomId("harbour");
  static final MessageId MESSAGE = new MessageId("tide");
  static final ServerTime TIME = new ServerTime(1_800_000_000_000L);

  private Samples() {}

  static Message message() {
    return Message.builder(
            MESSAGE,
            ROOM,
            TIME,
            TIME,
            "{\"_id\":\"tide\",\"msg\":\"high \\\"tide\\\"\",\"n\":1.50}")
        .author("ada-id", "ada")
        .text("high \"tide\"")
        .replies(2, TIME)
        .build();
  }

  static Room room() {
    return Room.builder(ROOM)
        .name("harbour")
        .type(RoomType.PRIVATE)
        .roomJson("{\"t\":\"p\"}")
        .build();
  }

  /** A value of {@code type}: records by their components, of a sealed type its first record. */
  static Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == Map.class) {
        return Map.of("rooms.get", of(arguments[1]));
      }
      Object element = of(arguments[0]);
      return raw == List.class
          ? List.of(element)
          : raw == Set.class ? Set.of(element) : Optional.of(element);
    }
    return of((Class<?>) type);
  }

  private static Object of(Class<?> type) {
    if (type == String.class) {
      return "text";
    } else if (type == int.class || type == Integer.class) {
      return 7;
    } else if (type == long.class || type == Long.class) {
      return 7L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == OptionalInt.class) {
      return OptionalInt.of(7);
    } else if (type == MessageId.class) {
      return MESSAGE;
    } else if (type == RoomId.class) {
      return ROOM;
    } else if (type == ServerTime.class) {
      return TIME;
    } else if (type == Instant.class) {
      return TIME.toInstant();
    } else if (type == Duration.class) {
      return Duration.ofSeconds(30);
    } else if (type == Message.class) {
      return message();
    } else if (type == Room.class) {
      return room();
    } else if (StrandlineException.class.isAssignableFrom(type)) {
      return new UnreachableException("nobody answers", null);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type.isSealed()) {
      return of(type.getPermittedSubclasses()[0]);
    } else if (type.isRecord()) {
      return record(type);
    }
    throw new AssertionError("no sample of " + type + ": can it be written as JSON?");
  }

  private static Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(each -> of(each.getGenericType())).toArray(Object[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.toString(), e);
    }
  }
}
