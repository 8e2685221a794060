package dev.strandline.transport.http.docs;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The modules that a program needs which takes what the guide tells it to take. */
final class Modules {
  /** What an application requires: the two artifacts of the README. */
  static final List<String> REQUIRED =
      List.of("dev.strandline.store.sqlite", "dev.strandline.transport.http");

  /** Everything of Strandline that is on the path then. A new module is added here. */
  static final List<String> OURS =
      List.of(
          "dev.strandline.core",
          "dev.strandline.jackson",
          "dev.strandline.store.sqlite",
          "dev.strandline.transport.http");

  /** What tests of an application can have besides. */
  static final List<String> FOR_TESTS = List.of("dev.strandline.testkit");

  private final Map<String, ModuleReference> found = new TreeMap<>();

  private Modules() {}

  /** Our modules and what they require, found among what the tests run with. */
  static Modules documented() {
    Map<String, ModuleReference> all = onClassPath();
    Modules modules = new Modules();
    Deque<String> open = new ArrayDeque<>(OURS);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (modules.found.containsKey(name) || ModuleFinder.ofSystem().find(name).isPresent()) {
        continue;
      }
      ModuleReference reference = all.get(name);
      if (reference == null) {
        throw new AssertionError(name + " is not on the class path");
      }
      modules.found.put(name, reference);
      reference.descriptor().requires().stream()
          .filter(Modules::isNeeded)
          .map(Requires::name)
          .forEach(open::push);
    }
    return modules;
  }

  /** What is static and transitive is needed to compile against it. */
  private static boolean isNeeded(Requires required) {
    return !required.modifiers().contains(Requires.Modifier.STATIC)
        || required.modifiers().contains(Requires.Modifier.TRANSITIVE);
  }

  /** Every module that the tests run with, by name. */
  static Map<String, ModuleReference> onClassPath() {
    Map<String, ModuleReference> all = new HashMap<>();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : path.split(File.pathSeparator, -1)) {
      try {
        ModuleFinder.of(Path.of(entry))
            .findAll()
            .forEach(module -> all.putIfAbsent(module.descriptor().name(), module));
      } catch (FindException e) {
        // A jar that cannot be a module, as WireMock's cannot: nothing that ships requires one.
      }
    }
    return all;
  }

  /** The jar or folder of a module that the tests run with. */
  static Path location(String name) {
    return location(onClassPath().get(name));
  }

  private static Path location(ModuleReference module) {
    return Path.of(module.location().orElseThrow());
  }

  Collection<ModuleDescriptor> descriptors() {
    return found.values().stream().map(ModuleReference::descriptor).toList();
  }

  /** The jars and folders, for {@code -p} or {@code -cp}. */
  String path() {
    return String.join(
        File.pathSeparator,
        found.values().stream().map(module -> location(module).toString()).toList());
  }
}
