package dev.strandline.spi;

import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the journal of a store: what runs did. For people, never for a decision. */
public interface JournalReader {

  /** Which part of the journal is kept. */
  JournalReach journalReach();

  Optional<RunEntry> run(long number);

  /**
   * Runs, newest first.
   *
   * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest
   * @param limit at least 1
   */
  List<RunEntry> runs(long before, int limit);

  Optional<PassEntry> pass(long number);

  /** The passes of one run that are kept, oldest first. */
  List<PassEntry> passes(long run);

  /**
   * The passes over one scope, newest first.
   *
   * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest
   * @param limit at least 1
   */
  List<PassEntry> passes(Scope scope, long before, int limit);

  Optional<PageEntry> page(long number);

  /**
   * The pages of one run that are kept, oldest first; none where the run is not kept.
   *
   * @param after only those with a higher number; 0 for all
   * @param limit at least 1
   */
  List<PageEntry> pages(long run, long after, int limit);

  /** Which pages wrote what is stored of one message. */
  MessageLinks links(MessageId id);

  /**
   * What was written after a page: messages of which the live row was written, or that were
   * removed, by a page with a higher number; in no order. Reads every message.
   */
  void forEachWrittenAfter(long page, Consumer<? super Written> action);
}
