package dev.strandline.testkit.server;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;

/**
 * The rows of an ordered collection that are not hidden, read lazily: a page of a large room looks
 * at one page of it.
 */
final class Visible extends AbstractCollection<MessageRow> {
  private final Collection<MessageRow> rows;

  Visible(Collection<MessageRow> rows) {
    this.rows = rows;
  }

  @Override
  public Iterator<MessageRow> iterator() {
    return rows.stream().filter(row -> !row.hidden()).iterator();
  }

  @Override
  public int size() {
    return (int) rows.stream().filter(row -> !row.hidden()).count();
  }
}
