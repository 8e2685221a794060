package dev.strandline.transport.http.internal.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.error.RecordingFailedException;
import dev.strandline.transport.http.Scrubbing;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory in which exchanges are written down as WireMock serves them: {@code mappings/*.json}
 * and the bodies in {@code __files}. Safe for several threads of one process; a second process is
 * kept out.
 *
 * <p>An exchange is there with its mapping, which is put in place whole after its body; whatever
 * else a death of the process leaves is not part of the recording. {@code recording.json} says how
 * it was scrubbed, so that nobody continues it otherwise.
 */
public final class Recording implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final String PART = ".part";

  private final Path folder;
  private final String prefix;
  private final Scrubber scrubber;
  private final Map<String, Step> last = new HashMap<>();
  private final FileChannel lockedFile;
  private int exchanges;

  /** How far a question's story has come. */
  private record Step(int number, String file) {}

  /**
   * Whose exchanges they are.
   *
   * @param host the server's name
   * @param prefix the path that the server is served under
   * @param userId the caller's
   * @param authToken the caller's; makes the pseudonyms unless a key is set
   */
  public record Owner(String host, String prefix, String userId, String authToken) {
    @Override
    public String toString() {
      return "Owner[withheld]";
    }
  }

  private Recording(Path folder, String prefix, Scrubber scrubber, FileChannel lockedFile) {
    this.folder = folder;
    this.prefix = prefix;
    this.scrubber = scrubber;
    this.lockedFile = lockedFile;
  }

  /**
   * Opens a directory: a new one, an empty one, or one that holds a recording made in the same way,
   * which is continued.
   *
   * @throws RecordingFailedException where it is none of these, or cannot be written
   */
  public static Recording open(Path folder, Scrubbing scrubbing, Owner owner) {
    String key = scrubbing.key();
    Pseudonyms pseudonyms = new Pseudonyms(key == null ? owner.authToken() : key);
    Scrubber scrubber = new Scrubber(scrubbing, pseudonyms, owner.userId(), owner.host());
    scrubber.learnSecret(owner.authToken());
    String made = pseudonyms.fingerprint(owner.host() + owner.prefix() + "\n" + owner.userId());
    Path label = folder.resolve("recording.json");
    FileChannel channel = null;
    try {
      if (!Files.exists(label) && isOccupied(folder)) {
        throw refused(folder, "it holds something else. Name a new or an empty directory.");
      }
      Files.createDirectories(folder.resolve("mappings"));
      Files.createDirectories(folder.resolve("__files"));
      channel =
          FileChannel.open(
              label, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(folder, channel);
      byte[] expected = label(scrubbing, made);
      byte[] found = Files.readAllBytes(label);
      if (found.length == 0) {
        channel.write(java.nio.ByteBuffer.wrap(expected));
      } else if (!JSON.readTree(found).equals(JSON.readTree(expected))) {
        throw refused(
            folder,
            "it holds a recording of another account, or one that was scrubbed in another way or"
                + " with another token. Name a new directory.");
      }
      Recording recording = new Recording(folder, owner.prefix(), scrubber, channel);
      recording.findOut();
      return recording;
    } catch (IOException e) {
      closeQuietly(channel);
      throw failed(folder, e);
    } catch (RecordingFailedException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static boolean isOccupied(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    }
  }

  private static void lock(Path folder, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw refused(folder, "another run is recording into it. Name another, or wait for its end.");
    }
  }

  private static byte[] label(Scrubbing scrubbing, String made) throws IOException {
    ObjectNode label = JSON.createObjectNode();
    label.put("format", FORMAT);
    label.put("texts", scrubbing.texts().name().toLowerCase(Locale.ROOT));
    label.put("names", scrubbing.names().name().toLowerCase(Locale.ROOT));
    label.put("otherFields", scrubbing.otherFields().name().toLowerCase(Locale.ROOT));
    label.put("made", made);
    return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(label) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What the recording holds so far. */
  private void findOut() throws IOException {
    for (Path leftOver : list("__files")) {
      if (leftOver.toString().endsWith(PART)) {
        Files.delete(leftOver);
      }
    }
    for (Path file : list("mappings")) {
      String name = file.getFileName().toString();
      if (name.endsWith(PART)) {
        Files.delete(file);
      } else {
        JsonNode mapping = JSON.readTree(Files.readAllBytes(file));
        String request = mapping.path("metadata").path(Mapping.METADATA).path("request").asText();
        Step before = last.get(request);
        last.put(
            request, new Step(before == null ? 1 : before.number() + 1, name.replace(".json", "")));
        exchanges = Math.max(exchanges, number(name));
      }
    }
  }

  private static int number(String name) {
    String digits = name.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private List<Path> list(String inner) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(inner))) {
      return files.sorted().toList();
    }
  }

  /** A question has been asked. */
  public Exchange begin(String route, URI uri) {
    int number;
    synchronized (this) {
      number = ++exchanges;
    }
    String name = String.format("%05d-%s", number, route.replaceAll("[^A-Za-z0-9.]", "_"));
    return new Exchange(this, name, RecordedRequest.of(uri, prefix, scrubber));
  }

  /** From now on {@code secret} is masked wherever it stands. */
  public void learnSecret(String secret) {
    scrubber.learnSecret(secret);
  }

  Scrubber scrubber() {
    return scrubber;
  }

  /** Where a body is written before it is whole. */
  Path bodyPart(String name) {
    return folder.resolve("__files").resolve(name + PART);
  }

  /** Puts an exchange in its place. */
  synchronized void add(Mapping mapping, @Nullable Path part, @Nullable String bodyFile)
      throws IOException {
    Step before = last.get(mapping.request());
    int number = before == null ? 1 : before.number() + 1;
    if (part != null && bodyFile != null) {
      move(part, folder.resolve("__files").resolve(bodyFile));
    }
    if (before != null) {
      mapping.step(number);
    }
    write(mapping);
    if (before != null) {
      // After its successor: a death in between leaves a story without its end, and no wrong one.
      Mapping previous = Mapping.parse(before.file(), Files.readAllBytes(path(before.file())));
      previous.step(before.number());
      previous.leadsTo(number);
      write(previous);
    }
    last.put(mapping.request(), new Step(number, mapping.file()));
  }

  private void write(Mapping mapping) throws IOException {
    Path target = path(mapping.file());
    Path part = target.resolveSibling(target.getFileName() + PART);
    Files.write(part, mapping.toJson());
    move(part, target);
  }

  private Path path(String file) {
    return folder.resolve("mappings").resolve(file + ".json");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  RecordingFailedException failed(IOException cause) {
    return failed(folder, cause);
  }

  private static RecordingFailedException failed(Path folder, IOException cause) {
    return new RecordingFailedException(
        "The recording in "
            + folder
            + " cannot be written ("
            + reason(cause)
            + "). The answer that could not be recorded was not stored either. Make room or check"
            + " the directory and run again, or run without recording.",
        cause);
  }

  private static String reason(IOException problem) {
    if (problem instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        problem instanceof FileSystemException system ? system.getReason() : problem.getMessage();
    return reason == null || reason.isBlank() ? "the system does not say why" : reason;
  }

  private static RecordingFailedException refused(Path folder, String why) {
    return new RecordingFailedException("Cannot record into " + folder + ": " + why, null);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The failure that brought us here says more.
      }
    }
  }

  /** Lets others record into the directory. What was recorded is in place already. */
  @Override
  public void close() {
    closeQuietly(lockedFile);
  }
}
