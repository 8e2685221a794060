package dev.strandline.testkit.simulation;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The engine with a few words of its source replaced, and the simulation over it: compiled in
 * memory and loaded beside the real one. The class files of the build stay as they are.
 */
final class Mutant {
  private static final Path SOURCES =
      Path.of("..", "core", "src", "main", "java", "dev", "strandline", "internal");
  private static final String OURS = "dev.strandline.";

  /** A text of a file of the engine, which has to occur exactly once, and what replaces it. */
  record Edit(String file, String text, String replacement) {}

  private final ClassLoader loader;

  private Mutant(ClassLoader loader) {
    this.loader = loader;
  }

  static Mutant of(List<Edit> edits) throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Edit edit : edits) {
      String source = sources.get(edit.file());
      if (source == null) {
        source = Files.readString(find(edit.file()));
      }
      int at = source.indexOf(edit.text());
      if (at < 0 || source.indexOf(edit.text(), at + 1) >= 0) {
        throw new AssertionError(
            "%s has to hold exactly once: %s".formatted(edit.file(), edit.text()));
      }
      sources.put(edit.file(), source.replace(edit.text(), edit.replacement()));
    }
    return new Mutant(new MutantLoader(compile(sources)));
  }

  private static Path find(String file) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(path -> path.endsWith(file + ".java"))
          .findAny()
          .orElseThrow(() -> new AssertionError("no file of the engine: " + file));
    }
  }

  /** The first of {@code count} seeds whose history this mutant does not survive. */
  OptionalLong firstFailure(long count) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(OURS + "testkit.simulation.Simulation");
    Object simulation = type.getMethod("overMemory").invoke(null);
    return (OptionalLong)
        type.getMethod("firstFailure", long.class, long.class).invoke(simulation, 0L, count);
  }

  /** Whether this mutant keeps what one of {@link DirectoryStories} promises. */
  boolean keeps(String story) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(OURS + "testkit.simulation.DirectoryStories");
    return (boolean) type.getMethod(story).invoke(null);
  }

  // --- in memory ---------------------------------------------------------------------------------

  private static Map<String, byte[]> compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((file, source) -> units.add(new Source(file, source)));
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    StringWriter words = new StringWriter();
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    JavaFileManager files =
        new ForwardingJavaFileManager<>(standard) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String className, Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(uri(className), kind) {
              @Override
              public OutputStream openOutputStream() {
                return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
              }
            };
          }
        };
    List<String> options =
        List.of("-classpath", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
    boolean compiled = compiler.getTask(words, files, null, options, null, units).call();
    if (!compiled) {
      throw new AssertionError("the mutant does not compile: " + words);
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, content) -> bytes.put(name, content.toByteArray()));
    return bytes;
  }

  private static URI uri(String name) {
    return URI.create("memory:///" + name.replace('.', '/'));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String source;

    Source(String file, String source) {
      super(URI.create("memory:///" + file + ".java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }

  /** Loads what is ours anew, mutated classes from memory; everything else as everybody does. */
  private static final class MutantLoader extends URLClassLoader {
    private final Map<String, byte[]> mutated;

    MutantLoader(Map<String, byte[]> mutated) {
      super(classPath(), Mutant.class.getClassLoader());
      this.mutated = mutated;
    }

    private static URL[] classPath() {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        try {
          urls.add(Path.of(entry).toUri().toURL());
        } catch (MalformedURLException e) {
          throw new IllegalStateException("A path has a URL: " + entry, e);
        }
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        byte[] bytes = mutated.get(name);
        return bytes == null ? findClass(name) : defineClass(name, bytes, 0, bytes.length);
      }
    }
  }
}
