package dev.strandline.testkit.replay;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import dev.strandline.spi.DeviceClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A WireMock on a free loopback port that answers as a recording says. A question that was answered
 * differently in turn is answered so again, and its last answer stays. Safe for several threads.
 *
 * <p>For JUnit there is {@link Replay}. A stock WireMock serves a recording too; what this one does
 * besides is to say a late answer's failure at once, and to tell what was asked in vain.
 */
public final class RecordedServer implements AutoCloseable {
  private final WireMockServer server;
  private final List<RecordedExchange> exchanges;
  private final DeviceClock clock = new ReplayClock();

  private RecordedServer(WireMockServer server, List<RecordedExchange> exchanges) {
    this.server = server;
    this.exchanges = exchanges;
  }

  /** How a recording is played back. Immutable. */
  public static final class Options {
    private final Set<String> ignored;
    private final boolean delays;

    private Options(Set<String> ignored, boolean delays) {
      this.ignored = ignored;
      this.delays = delays;
    }

    /** Every parameter has to be as recorded; nobody waits for an answer that was late. */
    public static Options standard() {
      return new Options(Set.of(), false);
    }

    /**
     * Lets a parameter be anything, or be missing. Questions that differ in nothing else are then
     * one question with several answers, given in the order of the recording.
     *
     * @param parameter such as {@code count}, the page size
     */
    public Options ignoring(String parameter) {
      Set<String> more = new TreeSet<>(ignored);
      more.add(parameter);
      return new Options(more, delays);
    }

    /**
     * Lets an answer that was too late be too late again, in real time: the client waits as long as
     * its own time-outs say. Without this such an answer is a 504 at once, after which the engine
     * does the same.
     */
    public Options withDelays() {
      return new Options(ignored, true);
    }
  }

  /**
   * Starts a server.
   *
   * @param recording a directory with {@code mappings} and {@code __files}
   * @throws IllegalArgumentException where it holds no recording
   */
  public static RecordedServer start(Path recording, Options options) {
    List<RecordedExchange> exchanges = adapted(read(recording), options);
    WireMockServer server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .usingFilesUnderDirectory(recording.toString())
                .mappingSource(new Mappings(exchanges)));
    server.start();
    return new RecordedServer(server, exchanges);
  }

  private static List<RecordedExchange> read(Path recording) {
    Path folder = recording.resolve("mappings");
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          recording.toAbsolutePath() + " holds no recording: it has no folder named mappings");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<RecordedExchange> exchanges = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        exchanges.add(RecordedExchange.read(file));
      }
      if (exchanges.isEmpty()) {
        throw new IllegalArgumentException(folder.toAbsolutePath() + " is empty");
      }
      return exchanges;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RecordedExchange> adapted(List<RecordedExchange> read, Options options) {
    List<RecordedExchange> exchanges =
        read.stream()
            .map(each -> options.ignored.isEmpty() ? each : each.ignoring(options.ignored))
            .map(each -> options.delays ? each : each.withoutDelay())
            .toList();
    return options.ignored.isEmpty() ? exchanges : inStories(exchanges);
  }

  /** Tells anew which exchanges are steps of one story. */
  private static List<RecordedExchange> inStories(List<RecordedExchange> exchanges) {
    Map<Question, List<RecordedExchange>> stories = new LinkedHashMap<>();
    exchanges.forEach(
        each -> stories.computeIfAbsent(each.question(), question -> new ArrayList<>()).add(each));
    List<RecordedExchange> steps = new ArrayList<>();
    stories.forEach(
        (question, story) -> {
          for (int i = 0; i < story.size(); i++) {
            boolean last = i == story.size() - 1;
            RecordedExchange each = story.get(i);
            steps.add(story.size() == 1 ? each : each.asStep(question.toString(), i + 1, last));
          }
        });
    return steps;
  }

  /** Hands over what was read, and writes nothing: a recording is not changed by playing it. */
  private record Mappings(List<RecordedExchange> exchanges) implements MappingsSource {
    @Override
    public void loadMappingsInto(StubMappings target) {
      exchanges.forEach(
          each -> target.addMapping(StubMapping.buildFrom(each.mapping().toString())));
    }

    @Override
    public void save(List<StubMapping> changed) {}

    @Override
    public void save(StubMapping changed) {}

    @Override
    @SuppressWarnings("removal") // still abstract
    public void remove(StubMapping removed) {}

    @Override
    public void remove(UUID removed) {}

    @Override
    public void removeAll() {}
  }

  /** Where it listens. */
  public URI url() {
    return URI.create(server.baseUrl());
  }

  /**
   * A clock on which retries and rate limits do not wait, for the transport and the engine. With it
   * a replay does not depend on how fast the machine is.
   */
  public DeviceClock clock() {
    return clock;
  }

  /** Begins every story again and forgets what was asked. */
  public void rewind() {
    server.resetScenarios();
    server.resetRequests();
  }

  /**
   * What was asked since the start or the last {@link #rewind} and is not in the recording: a line
   * for the question, and one for what was recorded nearest to it.
   */
  public List<String> notFound() {
    return server.findAllUnmatchedRequests().stream()
        .map(request -> describe(Question.of(request.getUrl())))
        .toList();
  }

  private String describe(Question asked) {
    RecordedExchange nearest =
        exchanges.stream()
            .min(Comparator.comparingInt(each -> asked.distance(each.question())))
            .orElseThrow();
    return asked
        + "\n    nearest in the recording: "
        + nearest.name()
        + "  "
        + nearest.question()
        + "\n    different: "
        + asked.difference(nearest.question());
  }

  /** The exchanges that nobody has asked for since the start or the last {@link #rewind}. */
  public List<String> neverAsked() {
    Map<String, @Nullable Boolean> asked = new HashMap<>();
    server
        .getAllServeEvents()
        .forEach(
            event -> {
              if (event.getStubMapping() != null && event.getStubMapping().getName() != null) {
                asked.put(event.getStubMapping().getName(), true);
              }
            });
    return exchanges.stream()
        .map(RecordedExchange::name)
        .filter(name -> !asked.containsKey(name))
        .collect(Collectors.toList());
  }

  @Override
  public void close() {
    server.stop();
  }
}
