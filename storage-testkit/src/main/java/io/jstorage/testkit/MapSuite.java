package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.jstorage.Storage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;

/**
 * The tests of guava-testlib for {@link java.util.concurrent.ConcurrentMap}, run on {@link
 * Storage#asMap()}: over nine hundred tests of the view, its collections, iterators and entries.
 *
 * <p>The view claims all features of a map without nulls except an order of its entries, iterators
 * that fail fast, and serialization. Return {@link #tests()} from a method that is annotated with
 * {@link org.junit.jupiter.api.TestFactory}. It needs {@code com.google.guava:guava-testlib}, which
 * is not a dependency of the kit.
 */
public final class MapSuite {
  private final Opener opener;
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Deque<Storage<String>> opened = new ArrayDeque<>();
  private CollectionSize sizes = CollectionSize.ANY;

  private MapSuite(Opener opener) {
    this.opener = opener;
  }

  /** How to open a storage. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens a storage of text that is empty and shares its entries with no other. It must hold ten
     * entries. The suite closes it.
     *
     * @return the storage
     * @throws Exception if that fails; the test fails too
     */
    Storage<String> open() throws Exception;
  }

  /**
   * Begins a suite.
   *
   * @param opener called for each test
   * @return the suite, of all tests
   */
  public static MapSuite of(Opener opener) {
    return new MapSuite(Objects.requireNonNull(opener, "opener"));
  }

  /**
   * Leaves out a test.
   *
   * @param test the name of the test's method
   * @param reason why it cannot hold
   * @return this suite
   */
  public MapSuite without(String test, String reason) {
    reasons.put(test, Objects.requireNonNull(reason, "reason"));
    return this;
  }

  /**
   * Leaves out the tests of a map of no entry and of one, which are two thirds of all and differ
   * little from those of several: for a storage whose requests are slow.
   *
   * @return this suite
   */
  public MapSuite ofSeveralOnly() {
    sizes = CollectionSize.SEVERAL;
    return this;
  }

  /**
   * Returns the tests; those that are left out are aborted with their reasons.
   *
   * @return the tests, and one that fails if a test is left out that does not exist
   */
  public Stream<DynamicNode> tests() {
    TestSuite suite =
        ConcurrentMapTestSuiteBuilder.using(new Generator())
            .named("asMap")
            .withFeatures(
                sizes, CollectionFeature.SUPPORTS_ITERATOR_REMOVE, MapFeature.GENERAL_PURPOSE)
            .createTestSuite();
    DynamicNode tests = nodeOf(suite);
    return Stream.of(tests, dynamicTest("every test that is left out exists", this::checkReasons));
  }

  private DynamicNode nodeOf(Test test) {
    if (test instanceof TestSuite suite) {
      List<Test> tests = Collections.list(suite.tests());
      return dynamicContainer(suite.getName(), tests.stream().map(this::nodeOf).toList());
    }
    TestCase leaf = (TestCase) test;
    String name = leaf.getName();
    String method = name.replaceFirst("[^A-Za-z0-9_].*", "");
    known.add(method);
    String reason = reasons.get(method);
    return dynamicTest(name, reason == null ? () -> run(leaf) : () -> Assumptions.abort(reason));
  }

  private void run(TestCase test) throws Throwable {
    Trace.ofThread().clear();
    try {
      test.runBare();
    } catch (AssertionError e) {
      throw FailureExplainer.explained(
          e,
          "asMap() is a ConcurrentMap, of which guava-testlib's %s is true."
              .formatted(test.getName()),
          List.of("Store.readEntry", "Store.write", "Store.delete", "Store.keys"));
    } finally {
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
    }
  }

  private void checkReasons() {
    assertThat(known).containsAll(reasons.keySet());
  }

  private final class Generator extends TestStringMapGenerator {
    @Override
    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
      Storage<String> storage = FixtureMethods.call(opener::open);
      opened.push(storage);
      Map<String, String> map = storage.asMap();
      for (Map.Entry<String, String> entry : entries) {
        map.put(entry.getKey(), entry.getValue());
      }
      return map;
    }
  }
}
