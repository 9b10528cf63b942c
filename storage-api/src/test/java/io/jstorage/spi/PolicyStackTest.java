package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyStackTest {
  private final Storage<String> map = Storages.of(new MapByteStore(), Codecs.text());

  /** A policy that takes part. */
  private static Storage<String> named(String name, Storage<String> behind, String... refused) {
    PolicyStack stack = PolicyStack.before(name, behind, refused);
    return Storages.ofPolicy(
        new ForwardingStore<>(Storages.asStore(behind)) {
          @Override
          public <T> Optional<T> unwrap(Class<T> type) {
            return type == PolicyStack.class ? Optional.of(type.cast(stack)) : super.unwrap(type);
          }
        },
        List.of());
  }

  /** A policy that knows nothing of it. */
  private static Storage<String> anonymous(Storage<String> behind) {
    return Storages.ofPolicy(new ForwardingStore<>(Storages.asStore(behind)) {}, List.of());
  }

  @Test
  void aStorageThatIsNoPolicyHasNone() {
    assertThat(PolicyStack.of(map).names()).isEmpty();
  }

  @Test
  void policiesAreNamedFromTheForemostOnThroughOthers() {
    Storage<String> stack = named("one", anonymous(named("two", anonymous(map))));
    assertThat(PolicyStack.of(stack).names()).containsExactly("one", "two");
    assertThat(PolicyStack.of(anonymous(stack)).has("two")).isTrue();
    assertThat(PolicyStack.of(stack).has("three")).isFalse();
    assertThat(PolicyStack.of(stack)).hasToString("[one, two]");
  }

  @Test
  void aWrongOrderIsRefusedWithTheRightOne() {
    Storage<String> stack = anonymous(named("two", map));
    assertThatThrownBy(() -> named("one", stack, "zero", "two"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("one cannot stand in front of two", "put two in front of one");
    assertThatThrownBy(() -> named("two", stack, "two"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("leave one of the two out");
  }
}
