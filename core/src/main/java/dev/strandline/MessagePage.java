package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of messages in reading order, newest first.
 *
 * @param messages the messages
 * @param coverage what the page is worth: complete where nothing is missing between and after its
 *     messages, of the moment of the same snapshot
 * @param next pass it as {@code before} to get the page after this one; null where nothing older is
 *     stored
 */
public record MessagePage(List<Message> messages, Coverage coverage, @Nullable MessageKey next) {
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
