package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class MapSuiteTest {
  private static Storage<String> open() {
    return Storages.of(new AtomicMapByteStore(new SettableClock(), null), Codecs.text());
  }

  @TestFactory
  Stream<DynamicNode> aStorageOfBytesIsAConcurrentMap() {
    return MapSuite.of(MapSuiteTest::open).tests();
  }

  @Test
  void aMapThatMiscountsIsCaught() throws Throwable {
    DynamicTest sound = find(MapSuite.of(MapSuiteTest::open), "testSize");
    assertThatCode(() -> sound.getExecutable().execute()).doesNotThrowAnyException();
    DynamicTest broken = find(MapSuite.of(MapSuiteTest::miscounting), "testSize");
    assertThatThrownBy(() -> broken.getExecutable().execute()).hasMessageContaining("size()");
  }

  private static Storage<String> miscounting() {
    return Storages.ofPolicy(
        new ForwardingStore<>(Storages.asStore(open())) {
          @Override
          public long count() throws IOException {
            return super.count() + 1;
          }
        },
        List.of());
  }

  @Test
  void excludedTestsAreAbortedWithTheirReason() {
    DynamicTest test =
        find(
            MapSuite.of(MapSuiteTest::open).without("testRemove_present", "of the moon"),
            "testRemove_present");
    assertThatThrownBy(() -> test.getExecutable().execute())
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("of the moon");
  }

  @Test
  void leavingOutWhatDoesNotExistFails() {
    assertThatCode(() -> check(MapSuite.of(MapSuiteTest::open).without("testClear", "fine")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(MapSuite.of(MapSuiteTest::open).without("testCleer", "typo")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("testCleer");
  }

  @Test
  void theSmallestMapsCanBeLeftOut() {
    assertThat(sizesOf(MapSuite.of(MapSuiteTest::open)))
        .containsExactlyInAnyOrder("zero", "one", "several");
    assertThat(sizesOf(MapSuite.of(MapSuiteTest::open).ofSeveralOnly())).containsExactly("several");
  }

  private static List<String> sizesOf(MapSuite suite) {
    return suite
        .tests()
        .flatMap(MapSuiteTest::leaves)
        .map(DynamicTest::getDisplayName)
        .filter(name -> name.startsWith("testSize"))
        .map(name -> name.replaceFirst(".*size: ([a-z]+).*", "$1"))
        .distinct()
        .toList();
  }

  private static void check(MapSuite suite) throws Throwable {
    List<DynamicNode> nodes = suite.tests().toList();
    ((DynamicTest) nodes.get(nodes.size() - 1)).getExecutable().execute();
  }

  private static DynamicTest find(MapSuite suite, String method) {
    Optional<DynamicTest> test =
        suite
            .tests()
            .flatMap(MapSuiteTest::leaves)
            .filter(leaf -> leaf.getDisplayName().startsWith(method))
            .findFirst();
    assertThat(test).isPresent();
    return test.get();
  }

  private static Stream<DynamicTest> leaves(DynamicNode node) {
    return node instanceof DynamicContainer container
        ? container.getChildren().flatMap(MapSuiteTest::leaves)
        : Stream.of((DynamicTest) node);
  }
}
