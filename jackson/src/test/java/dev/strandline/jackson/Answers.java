package dev.strandline.jackson;

import dev.strandline.ChangeSet;
import dev.strandline.Following;
import dev.strandline.LocalCopy;
import dev.strandline.LocalJournal;
import dev.strandline.Progress;
import dev.strandline.Strandline;
import dev.strandline.model.Coverage;
import dev.strandline.model.Scope;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an application can have from Strandline to answer with. */
final class Answers {
  /** What is no answer: ways to further answers, and what the caller hands over. */
  private static final Set<Class<?>> WAYS =
      Set.of(
          LocalCopy.class,
          LocalJournal.class,
          Following.class,
          Strandline.Builder.class,
          Runnable.class,
          void.class,
          boolean.class);

  private Answers() {}

  /** A value of each type that a public method returns, and of each that listeners are told of. */
  static Stream<Object> all() {
    TreeMap<String, Type> types = new TreeMap<>();
    for (Class<?> source :
        List.of(LocalCopy.class, LocalJournal.class, Strandline.class, Following.class)) {
      for (Method method : source.getDeclaredMethods()) {
        Type type = method.getGenericReturnType();
        if (Modifier.isPublic(method.getModifiers())
            && !WAYS.contains(type)
            && !(type instanceof TypeVariable)) {
          types.put(type.getTypeName(), type);
        }
      }
    }
    List<Object> all = new ArrayList<>(types.values().stream().map(Samples::of).toList());
    all.add(Samples.of(ChangeSet.class));
    for (Class<?> sealed : List.of(Coverage.class, Scope.class, Progress.class)) {
      for (Class<?> each : sealed.getPermittedSubclasses()) {
        all.add(Samples.of(each));
      }
    }
    return all.stream();
  }
}
