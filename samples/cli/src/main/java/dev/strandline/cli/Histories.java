package dev.strandline.cli;

import dev.strandline.History;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how much history is wanted: {@code all}, {@code none} or a number of messages. */
final class Histories implements ITypeConverter<History> {
  @Override
  public History convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "all" -> History.all();
      case "none" -> History.none();
      default -> History.latest(number(value));
    };
  }

  private static long number(String value) {
    if (!value.matches("[0-9]{1,18}")) {
      throw new TypeConversionException(
          "'" + value + "' is neither all nor none nor a number of messages");
    }
    return Long.parseLong(value);
  }
}
