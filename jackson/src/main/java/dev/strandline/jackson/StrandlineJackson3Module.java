package dev.strandline.jackson;

import dev.strandline.jackson.internal.MixIns;
import dev.strandline.jackson.internal.Shapes;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * {@link StrandlineModule} for Jackson 3, with the same JSON.
 *
 * <p>{@code JsonMapper.builder().findAndAddModules()} finds it, and so does Spring Boot 4. On the
 * module path it has to be added by hand.
 */
@SuppressWarnings("exports") // who uses it has Jackson
public final class StrandlineJackson3Module extends JacksonModule {

  /** A module that holds nothing. */
  public StrandlineJackson3Module() {}

  @Override
  public String getModuleName() {
    return "strandline";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    MixIns.ALL.forEach(context::setMixIn);
    context.addSerializerModifier(new Looks());
  }

  private static final class Word extends StdSerializer<Enum<?>> {
    Word() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializationContext context) {
      out.writeString(Shapes.word(value));
    }
  }

  private static final class Looks extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config,
        BeanDescription.Supplier description,
        List<BeanPropertyWriter> properties) {
      Class<?> type = description.getBeanClass();
      if (!Shapes.isOurs(type)) {
        return properties;
      }
      properties.removeIf(each -> !Shapes.isWritten(type, each.getMember().getName()));
      for (BeanPropertyWriter each : properties) {
        if (Shapes.isMoment(each.getType().getRawClass())) {
          each.assignSerializer(ToStringSerializer.instance);
        }
      }
      return properties;
    }

    @Override
    public ValueSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription.Supplier description,
        ValueSerializer<?> serializer) {
      return Shapes.isOurs(type.getRawClass()) ? new Word() : serializer;
    }
  }
}
