package dev.strandline.store.sqlite.internal;

import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.search.Scan;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.search.Term;
import dev.strandline.search.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Asks the full-text index. */
final class SearchRows {
  private static final String IS_WHOLE =
      "SELECT count(*) FROM search_index WHERE built_to IS NULL AND words_version = ?";

  private final Rows rows;
  private final MessageRows messages;

  SearchRows(Rows rows) {
    this.rows = rows;
    messages = new MessageRows(rows);
  }

  /** Whether there is an index that has every message, by the words that are looked for. */
  boolean isWhole() {
    return rows.first(IS_WHOLE, row -> row.count(1) > 0, Words.VERSION).orElse(false);
  }

  SearchPage search(SearchQuery query) {
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder(messages.documents().sql().select())
            .append("JOIN message_words w ON w.rowid = m.message_key WHERE message_words MATCH ? ");
    parameters.add(expression(query.terms()));
    narrow(query, sql, parameters);
    sql.append(
        query.order() == SearchQuery.Order.BEST
            ? "ORDER BY bm25(message_words), m.sent_at DESC, m.message_id DESC LIMIT ?"
            : "ORDER BY m.sent_at DESC, m.message_id DESC LIMIT ?");
    // One more than asked for tells whether there is more.
    parameters.add(query.limit() + 1);
    List<SearchHit> hits =
        rows.list(
            sql.toString(),
            row -> {
              var message = messages.message(row);
              return new SearchHit(message, query.places(message.shownText()));
            },
            parameters.toArray());
    return Scan.page(query, hits, true);
  }

  private void narrow(SearchQuery query, StringBuilder sql, List<Object> parameters) {
    RoomId room = query.room();
    if (room != null) {
      sql.append("AND r.room_id = ? ");
      parameters.add(room.value());
    }
    String author = query.author();
    if (author != null) {
      sql.append("AND ").append(messages.documents().sql().author()).append(" = ? ");
      parameters.add(author);
    }
    ServerTime from = query.from();
    if (from != null) {
      sql.append("AND m.sent_at >= ? ");
      parameters.add(from.epochMilli());
    }
    ServerTime until = query.until();
    if (until != null) {
      sql.append("AND m.sent_at < ? ");
      parameters.add(until.epochMilli());
    }
    MessageKey before = query.before();
    if (before != null) {
      sql.append("AND (m.sent_at, m.message_id) < (?, ?) ");
      parameters.add(before.sentAt().epochMilli());
      parameters.add(before.id().value());
    }
  }

  /** In the index's own language. No word has a character in it that means something there. */
  private static String expression(List<Term> terms) {
    String wanted =
        terms.stream()
            .filter(term -> !term.isExcluded())
            .map(SearchRows::phrase)
            .collect(Collectors.joining(" AND ", "(", ")"));
    return terms.stream()
        .filter(Term::isExcluded)
        .map(term -> " NOT " + phrase(term))
        .collect(Collectors.joining("", wanted, ""));
  }

  private static String phrase(Term term) {
    return '"' + String.join(" ", term.forms()) + '"' + (term.isBeginning() ? " *" : "");
  }
}
