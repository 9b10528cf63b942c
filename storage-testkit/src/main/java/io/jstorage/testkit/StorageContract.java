package io.jstorage.testkit;

import io.jstorage.Storage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole contract of {@link Storage}. Extend it in a test class, and implement {@link #open}:
 *
 * <pre>{@code
 * class AcmeStorageContractTest extends StorageContract {
 *   @Override
 *   public Storage<String> open(SettableClock clock) {
 *     return AcmeStorage.inMemory(clock);
 *   }
 * }
 * }</pre>
 *
 * <p>The {@link Storage#capabilities()} of the storage decide which tests apply: a declared
 * capability must work, an undeclared one must be refused with {@link
 * UnsupportedOperationException} and change nothing. The other methods of {@link StorageFixture}
 * let the kit try more, such as damaged entries, a neighbour in the same place, or an access that
 * fails.
 *
 * <p>Every test gets a storage of its own. The names of the tests are no API: they may change with
 * any version, and tests may be added.
 */
@ExtendWith(FailureExplainer.class)
public abstract class StorageContract
    implements KeyContract,
        ValueContract,
        FailureContract,
        ListingContract,
        CapabilityContract,
        AtomicContract,
        ExpiryContract,
        OwnExpirationContract,
        ExpiryRaceContract,
        LoaderContract,
        BatchContract,
        MapContract,
        ChangeFeedContract,
        StatisticsContract,
        LifecycleContract,
        ReopeningContract,
        ConcurrencyContract,
        LinearizabilityContract {
  private final SettableClock clock = new SettableClock();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private @Nullable Storage<String> storage;

  /** For subclasses. */
  protected StorageContract() {}

  @Override
  public final synchronized Storage<String> storage() {
    Storage<String> opened = storage;
    if (opened == null) {
      opened = TracingProxy.storage(closeAfterwards(FixtureMethods.call(() -> open(clock))));
      storage = opened;
    }
    return opened;
  }

  @Override
  public final SettableClock clock() {
    return clock;
  }

  @Override
  public final synchronized <T extends AutoCloseable> T closeAfterwards(T resource) {
    resources.push(resource);
    return resource;
  }

  @AfterEach
  final void closeEverything() throws Exception {
    try {
      while (!resources.isEmpty()) {
        resources.pop().close();
      }
    } finally {
      release();
    }
  }
}
