package dev.strandline.internal.commit;

import dev.strandline.model.MessageId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What came of several changes to messages, each message counted once. */
public final class Outcomes {
  private final Set<MessageId> added = new LinkedHashSet<>();
  private final Set<MessageId> changed = new LinkedHashSet<>();
  private final Set<MessageId> removed = new LinkedHashSet<>();

  public void add(MessageId id) {
    // Removed and shown again: seen from outside it has changed.
    (removed.remove(id) ? changed : added).add(id);
  }

  public void replace(MessageId id) {
    if (!added.contains(id)) {
      changed.add(id);
    }
  }

  /** Seen from outside, what came and went never was. */
  public void remove(MessageId id) {
    changed.remove(id);
    if (!added.remove(id)) {
      removed.add(id);
    }
  }

  /** What came of several in the order in which they were done; one by itself is returned. */
  static Outcomes of(List<Outcomes> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Outcomes whole = new Outcomes();
    for (Outcomes part : parts) {
      part.added.forEach(whole::add);
      part.changed.forEach(whole::replace);
      part.removed.forEach(whole::remove);
    }
    return whole;
  }

  public Set<MessageId> added() {
    return Collections.unmodifiableSet(added);
  }

  public Set<MessageId> changed() {
    return Collections.unmodifiableSet(changed);
  }

  public Set<MessageId> removed() {
    return Collections.unmodifiableSet(removed);
  }
}
