package dev.strandline.transport.http;

import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a transport hands over. */
class CollectingSink implements ChangeSink {
  final List<Message> messages = new ArrayList<>();
  final List<Tombstone> tombstones = new ArrayList<>();
  final List<Unreadable> unreadable = new ArrayList<>();
  final List<Object> all = new ArrayList<>();

  @Override
  public void upsert(Message message) {
    messages.add(message);
    all.add(message);
  }

  @Override
  public void tombstone(Tombstone tombstone) {
    tombstones.add(tombstone);
    all.add(tombstone);
  }

  @Override
  public void unreadable(Unreadable entry) {
    unreadable.add(entry);
    all.add(entry);
  }
}
