package dev.strandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a copy of one moment offers; that it is of that moment is a promise of every store's. */
class OneMomentTest {
  private final MemoryStore store = new MemoryStore();

  @Test
  void nothingThatACopyOffersKnowsAStoreByItself() {
    for (Class<?> type : List.of(LocalCopy.class, LocalJournal.class)) {
      assertThat(Arrays.stream(type.getDeclaredFields()))
          .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
          .extracting(Field::getType)
          .noneMatch(Store.class::isAssignableFrom);
    }
  }

  @Test
  void aMomentThatIsOverIsRefused() {
    LocalCopy copy = LocalCopy.of(store);
    LocalCopy[] kept = new LocalCopy[1];
    LocalJournal journal =
        copy.atOneMoment(
            one -> {
              kept[0] = one;
              return one.journal();
            });
    assertThatThrownBy(() -> kept[0].rooms()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept[0].check()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(journal::reach).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMomentIsRefusedToOtherThreads() {
    LocalCopy.of(store)
        .atOneMoment(
            one -> {
              assertThatThrownBy(() -> CompletableFuture.supplyAsync(one::rooms).join())
                  .isInstanceOf(CompletionException.class)
                  .hasCauseInstanceOf(IllegalStateException.class);
              return one;
            });
  }
}
