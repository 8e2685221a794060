package dev.strandline.transport.http.internal;

import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.model.MessageId;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Reads what {@code chat.syncThreadMessages} answers (facts 2, R13). Serves one answer. */
final class ThreadReading implements Reading<FeedAnswer> {
  private final MessageId root;
  private final ChangeSink sink;
  private final Set<String> awaited = new TreeSet<>(Set.of("update", "remove"));
  private boolean hasMessages;

  ThreadReading(MessageId root, ChangeSink sink) {
    this.root = root;
    this.sink = sink;
  }

  @Override
  public FeedAnswer read(JsonBody body, Asked asked) throws IOException {
    body.root(name -> envelope(body, name));
    if (!hasMessages) {
      throw body.malformed("/messages", "it is missing");
    }
    body.demandNone("/messages/", awaited);
    return new FeedAnswer(asked.at(), asked.answeredAt(), asked.confirmed(), null, body.bytes());
  }

  private boolean envelope(JsonBody body, String name) throws IOException {
    switch (name) {
      case "messages" -> {
        hasMessages = true;
        body.object(inner -> messages(body, inner));
      }
      case "success" -> body.success();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean messages(JsonBody body, String name) throws IOException {
    awaited.remove(name);
    switch (name) {
      case "update" -> body.array(() -> entry(body).live(sink));
      case "remove" -> body.array(() -> entry(body).gone(sink));
      default -> {
        return false;
      }
    }
    return true;
  }

  private MessageEntry entry(JsonBody body) throws IOException {
    return new MessageEntry(Document.read(body, MessageEntry.FIELDS), null, root);
  }

  @Override
  public FeedAnswer refused(Refusal refusal, Asked asked) {
    if (refusal.is(400, ServerWords.INVALID_MESSAGE)) {
      throw new ThreadUnavailableException(root, Reason.ROOT_GONE);
    }
    if (refusal.is(400, ServerWords.NOT_ALLOWED)) {
      // One code for two causes; only the words tell them apart.
      boolean off = refusal.text().startsWith(ServerWords.THREADS_DISABLED);
      throw new ThreadUnavailableException(root, off ? Reason.THREADS_OFF : Reason.NOT_ALLOWED);
    }
    throw refusal.toException();
  }
}
