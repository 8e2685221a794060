package dev.strandline.store.memory;

import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import dev.strandline.spi.JournalReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the journal of one version of the tables. */
class MemoryJournal implements JournalReader {
  final Tables tables;

  MemoryJournal(Tables tables) {
    this.tables = tables;
  }

  @Override
  public JournalReach journalReach() {
    return new JournalReach(
        first(tables.journalRuns),
        last(tables.journalRuns),
        last(tables.journalPasses),
        first(tables.journalPages),
        last(tables.journalPages));
  }

  private static long first(Sheet<Long, ?> sheet) {
    return sheet.map().keySet().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  static long last(Sheet<Long, ?> sheet) {
    return sheet.map().keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public Optional<RunEntry> run(long number) {
    return Optional.ofNullable(tables.journalRuns.map().get(number));
  }

  @Override
  public List<RunEntry> runs(long before, int limit) {
    return tables.journalRuns.map().values().stream()
        .filter(run -> run.number() < before)
        .sorted(Comparator.comparing(RunEntry::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<PassEntry> pass(long number) {
    return Optional.ofNullable(tables.journalPasses.map().get(number));
  }

  @Override
  public List<PassEntry> passes(long run) {
    return tables.journalPasses.map().values().stream()
        .filter(pass -> pass.run() == run)
        .sorted(Comparator.comparing(PassEntry::number))
        .toList();
  }

  @Override
  public List<PassEntry> passes(Scope scope, long before, int limit) {
    return tables.journalPasses.map().values().stream()
        .filter(pass -> pass.scope().equals(scope) && pass.number() < before)
        .sorted(Comparator.comparing(PassEntry::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<PageEntry> page(long number) {
    return Optional.ofNullable(tables.journalPages.map().get(number));
  }

  @Override
  public List<PageEntry> pages(long run, long after, int limit) {
    return tables.journalPages.map().values().stream()
        .filter(page -> page.run() == run && page.number() > after && run(run).isPresent())
        .sorted(Comparator.comparing(PageEntry::number))
        .limit(limit)
        .toList();
  }

  @Override
  public MessageLinks links(MessageId id) {
    Tables.Row row = tables.messages.map().get(id);
    Tables.Grave grave = tables.graves.map().get(id);
    return new MessageLinks(
        row == null ? null : row.links(),
        grave == null ? null : grave.links(),
        tables.quarantine.map().values().stream()
            .filter(entry -> id.equals(entry.quarantined().entry().id()))
            .map(Tables.Quarantine::link)
            .toList());
  }

  @Override
  public void forEachWrittenAfter(long page, Consumer<? super Written> action) {
    for (Map.Entry<MessageId, Tables.Row> entry : tables.messages.map().entrySet()) {
      Tables.Row row = entry.getValue();
      if (row.links().written() > page) {
        action.accept(
            new Written(
                entry.getKey(),
                row.message().room(),
                row.links().added(),
                row.links().written(),
                0));
      }
    }
    for (Map.Entry<MessageId, Tables.Grave> entry : tables.graves.map().entrySet()) {
      MessageLinks.Grave links = entry.getValue().links();
      if (links.removed() > page) {
        action.accept(new Written(entry.getKey(), links.room(), links.added(), 0, links.removed()));
      }
    }
  }
}
