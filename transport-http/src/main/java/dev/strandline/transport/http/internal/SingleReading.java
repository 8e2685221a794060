package dev.strandline.transport.http.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@code chat.getMessage} answers. Serves one answer. */
final class SingleReading implements Reading<Optional<Message>> {
  private final MessageId id;
  private final One one = new One();
  private boolean hasMessage;

  SingleReading(MessageId id) {
    this.id = id;
  }

  @Override
  public Optional<Message> read(JsonBody body, Asked asked) throws IOException {
    body.root(name -> envelope(body, name));
    if (!hasMessage) {
      throw body.malformed("/message", "it is missing");
    }
    if (one.problem != null) {
      throw body.malformed("/message", one.problem);
    }
    if (one.message != null && !one.message.id().equals(id)) {
      throw body.malformed("/message/_id", "it is not the message that was asked for");
    }
    return Optional.ofNullable(one.message);
  }

  private boolean envelope(JsonBody body, String name) throws IOException {
    switch (name) {
      case "message" -> {
        hasMessage = true;
        if (!body.isNull()) {
          new MessageEntry(Document.read(body, MessageEntry.FIELDS), null, null).live(one);
        }
      }
      case "success" -> body.success();
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * A message that is not there is refused without a word. Anything else that is refused is a
   * failure, and says nothing about the message: one with {@code error-not-allowed} is there, in a
   * room that the caller may not read.
   */
  @Override
  public Optional<Message> refused(Refusal refusal, Asked asked) {
    boolean isNotThere = refusal.status() == 400 && refusal.isSilent();
    if (isNotThere) {
      return Optional.empty();
    }
    throw refusal.toException();
  }

  /** Takes the one change of such an answer; a hidden message is shown to nobody. */
  private static final class One implements ChangeSink {
    private @Nullable Message message;
    private @Nullable String problem;

    @Override
    public void upsert(Message change) {
      message = change;
    }

    @Override
    public void tombstone(Tombstone change) {
      message = null;
    }

    @Override
    public void unreadable(Unreadable entry) {
      problem = entry.reason();
    }
  }
}
