package dev.strandline.store.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A map of which one writer can make a version of its own while others read the shared one. Copied
 * on the first write of a transaction, and not at all by a transaction that does not touch it.
 */
final class Sheet<K, V> {
  private final UnaryOperator<Map<K, V>> copier;
  private Map<K, V> map;
  private boolean own;

  private Sheet(Map<K, V> map, UnaryOperator<Map<K, V>> copier) {
    this.map = map;
    this.copier = copier;
  }

  static <K, V> Sheet<K, V> hashed() {
    return new Sheet<>(new HashMap<>(), HashMap::new);
  }

  static <K, V> Sheet<K, V> of(Map<K, V> empty, UnaryOperator<Map<K, V>> copier) {
    return new Sheet<>(empty, copier);
  }

  /** A sheet that shows what this one shows and is changed without changing it. */
  Sheet<K, V> fork() {
    own = false;
    return new Sheet<>(map, copier);
  }

  /** To be read only. */
  Map<K, V> map() {
    return map;
  }

  void put(K key, V value) {
    ownMap().put(key, value);
  }

  void remove(K key) {
    if (map.containsKey(key)) {
      ownMap().remove(key);
    }
  }

  void removeIf(java.util.function.BiPredicate<? super K, ? super V> condition) {
    ownMap().entrySet().removeIf(entry -> condition.test(entry.getKey(), entry.getValue()));
  }

  private Map<K, V> ownMap() {
    if (!own) {
      map = copier.apply(map);
      own = true;
    }
    return map;
  }
}
