package dev.strandline.internal.engine;

import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Through which an answer's entries are seen: as they are, or as a test makes them. */
abstract class Glass implements ChangeSink {
  private final ChangeSink sink;

  Glass(ChangeSink sink) {
    this.sink = sink;
  }

  /** {@code server} as it is seen through a glass in front of the sink of each of its feeds. */
  static Transport before(ScriptedServer server, UnaryOperator<ChangeSink> glass) {
    return (Transport)
        Proxy.newProxyInstance(
            Glass.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, args) -> {
              if (method.getName().equals("fetch")) {
                args[1] = glass.apply((ChangeSink) args[1]);
              }
              try {
                return method.invoke(server, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void upsert(Message message) {
    sink.upsert(message);
  }

  @Override
  public void tombstone(Tombstone tombstone) {
    sink.tombstone(tombstone);
  }

  @Override
  public void unreadable(Unreadable entry) {
    sink.unreadable(entry);
  }

  @Override
  public void unreadableDeletion(Unreadable entry) {
    sink.unreadableDeletion(entry);
  }
}
