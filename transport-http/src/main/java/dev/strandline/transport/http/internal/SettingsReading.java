package dev.strandline.transport.http.internal;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.spi.ServerFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code settings.public} answers. Serves one answer. */
final class SettingsReading implements Reading<ServerFacts> {
  static final String UNIQUE_ID = "uniqueID";
  static final String KEEP_HISTORY = "Message_KeepHistory";
  static final String SHOW_DELETED = "Message_ShowDeletedStatus";
  static final String THREADS = "Threads_enabled";

  private static final int NOT_IMPLEMENTED = 501;
  private static final Set<String> FIELDS = Set.of("_id", "value");

  private final Map<String, Document> settings = new HashMap<>();

  @Override
  public ServerFacts read(JsonBody body, Asked asked) throws IOException {
    body.root(
        name -> {
          switch (name) {
            case "settings" -> body.array(() -> add(Document.read(body, FIELDS)));
            case "success" -> body.success();
            default -> {
              return false;
            }
          }
          return true;
        });
    Document unique = settings.get(UNIQUE_ID);
    return new ServerFacts(
        asked.at(),
        asked.confirmed(),
        unique == null ? null : unique.text("value"),
        truth(KEEP_HISTORY),
        truth(SHOW_DELETED),
        truth(THREADS));
  }

  private void add(Document document) {
    String id = document.text("_id");
    // Old servers do not filter: of what they list, only what was asked for is kept.
    if (id != null && Set.of(UNIQUE_ID, KEEP_HISTORY, SHOW_DELETED, THREADS).contains(id)) {
      settings.put(id, document);
    }
  }

  private @Nullable Boolean truth(String id) {
    Document document = settings.get(id);
    return document == null ? null : document.truth("value");
  }

  /**
   * A server, or a gateway in front of it, that does not take the question leaves everything
   * unknown; it is none the worse. What may pass is a failure: the settings matter.
   */
  @Override
  public ServerFacts refused(Refusal refusal, Asked asked) {
    if (refusal.status() < 500 || refusal.status() == NOT_IMPLEMENTED) {
      return unknown(asked);
    }
    throw refusal.toException();
  }

  @Override
  public ServerFacts notFromApi(MalformedResponseException problem, Asked asked) {
    return unknown(asked);
  }

  /** Nobody needs to be known to ask this: a gateway can refuse what the server would not. */
  @Override
  public boolean doesWithoutLogin() {
    return true;
  }

  private static ServerFacts unknown(Asked asked) {
    return new ServerFacts(asked.at(), asked.confirmed(), null, null, null, null);
  }
}
