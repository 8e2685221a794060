package dev.strandline.jackson.internal;

import dev.strandline.Failure;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** What holds for all types of the API, whichever Jackson writes them. */
public final class Shapes {
  private Shapes() {}

  /** Whether {@code type} is one of Strandline's. */
  public static boolean isOurs(Class<?> type) {
    String name = type.getPackageName();
    return name.equals("dev.strandline") || name.startsWith("dev.strandline.");
  }

  /**
   * Whether a property of {@code type} is written.
   *
   * <p>Of a record, its components and nothing that is computed from them. A failure's exception is
   * not: its stack trace is nobody's business who reads the answer, and kind and message say it.
   */
  public static boolean isWritten(Class<?> type, String accessor) {
    if (type == Failure.class && accessor.equals("cause")) {
      return false;
    }
    return !type.isRecord()
        || Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .anyMatch(accessor::equals);
  }

  /** Whether values of {@code type} are written as they print, ISO-8601, whatever is configured. */
  public static boolean isMoment(Class<?> type) {
    return type == Instant.class || type == Duration.class;
  }

  /** A value of an enum as the command and the reports say it: {@code not-found}. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
