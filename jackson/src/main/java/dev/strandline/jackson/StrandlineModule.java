package dev.strandline.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.strandline.jackson.internal.MixIns;
import dev.strandline.jackson.internal.Shapes;
import java.io.IOException;
import java.util.List;

/**
 * Lets Jackson 2 write what {@code LocalCopy}, {@code LocalJournal} and {@code Strandline} return.
 *
 * <p>{@code ObjectMapper.findAndRegisterModules()} finds it, and so does Spring Boot 3. Properties
 * have the names of the accessors. Ids, scopes and moments are texts, moments and durations in
 * ISO-8601; the values of enums are words such as {@code not-found}; a coverage says in {@code
 * state} which it is; a message's and a room's documents are the objects that the server sent.
 * Nothing is read back.
 */
public final class StrandlineModule extends Module {

  /** A module that holds nothing. */
  public StrandlineModule() {}

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
    MixIns.ALL.forEach(context::setMixInAnnotations);
    context.addBeanSerializerModifier(new Looks());
  }

  private static final class Word extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1;

    Word() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Shapes.word(value));
    }
  }

  private static final class Looks extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config,
        BeanDescription description,
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
    public JsonSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonSerializer<?> serializer) {
      return Shapes.isOurs(type.getRawClass()) ? new Word() : serializer;
    }
  }
}
