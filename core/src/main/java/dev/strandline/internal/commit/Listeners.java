package dev.strandline.internal.commit;

import dev.strandline.ChangeListener;
import dev.strandline.ChangeSet;
import dev.strandline.Progress;
import dev.strandline.ProgressListener;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who listen to an engine. What they throw is theirs: it is logged and the run goes on. */
public final class Listeners {
  private static final System.Logger LOG = System.getLogger("dev.strandline");

  private final List<ChangeListener> changeListeners = new CopyOnWriteArrayList<>();
  private final List<ProgressListener> progressListeners = new CopyOnWriteArrayList<>();

  /** Nobody listens yet. */
  public Listeners() {}

  /** Adds a listener; the result removes it. */
  public Runnable onChange(ChangeListener listener) {
    changeListeners.add(listener);
    return () -> changeListeners.remove(listener);
  }

  /** Adds a listener; the result removes it. */
  public Runnable onProgress(ProgressListener listener) {
    progressListeners.add(listener);
    return () -> progressListeners.remove(listener);
  }

  void changed(ChangeSet changes) {
    if (!changes.isEmpty()) {
      tell(changeListeners, listener -> listener.changed(changes));
    }
  }

  public void progress(Progress progress) {
    tell(progressListeners, listener -> listener.progress(progress));
  }

  private static <L> void tell(List<L> listeners, Consumer<L> news) {
    for (L listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A listener threw; the run goes on", e);
      }
    }
  }
}
