package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an editor offers for a name is one type. */
final class PublicNamesTest {
  @Test
  void noTwoPublicTypesOfTheModulesShareASimpleName() throws Exception {
    Map<String, Set<String>> types = new TreeMap<>();
    for (String module : ours()) {
      for (String type : exported(Modules.onClassPath().get(module))) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        types.computeIfAbsent(name, each -> new TreeSet<>()).add(type);
      }
    }
    assertThat(types).containsKeys("Strandline", "SqliteStore", "HttpTransport", "FakeServer");
    assertThat(types.values()).allSatisfy(same -> assertThat(same).hasSize(1));
  }

  @Test
  void everyModuleIsListed() {
    assertThat(Modules.onClassPath().keySet())
        .filteredOn(name -> name.startsWith("dev.strandline"))
        .containsExactlyInAnyOrderElementsOf(ours());
  }

  private static List<String> ours() {
    return Stream.concat(Modules.OURS.stream(), Modules.FOR_TESTS.stream()).toList();
  }

  /** The public types, not nested, of the packages that a module exports to all. */
  private static List<String> exported(ModuleReference module)
      throws IOException, ClassNotFoundException {
    Set<String> packages =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    List<String> files;
    try (ModuleReader reader = module.open()) {
      files = reader.list().filter(file -> file.matches(".+/[^$-]+\\.class")).toList();
    }
    List<String> types = new ArrayList<>();
    for (String file : files) {
      String name = file.replace('/', '.').replace(".class", "");
      if (packages.contains(name.substring(0, name.lastIndexOf('.'))) && isPublic(name)) {
        types.add(name);
      }
    }
    return types;
  }

  private static boolean isPublic(String name) throws ClassNotFoundException {
    try {
      Class<?> type = Class.forName(name, false, PublicNamesTest.class.getClassLoader());
      return Modifier.isPublic(type.getModifiers());
    } catch (NoClassDefFoundError e) {
      // For a library that an application may bring, and these tests do not.
      return true;
    }
  }
}
