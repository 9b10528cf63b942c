package io.jstorage.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.spring.StorageCacheManager;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Caches that follow the transactions of Spring, and caches that do not. */
class TransactionTest {
  private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

  /** Transactions of nothing, with all that Spring does before and after. */
  private static final class Transactions extends AbstractPlatformTransactionManager {
    private static final long serialVersionUID = 1L;

    @Override
    protected Object doGetTransaction() {
      return this;
    }

    @Override
    protected void doBegin(Object begun, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }

  @Test
  void changesInATransactionAreMadeWhenItIsCommitted() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(StorageCacheAutoConfiguration.class))
        .withPropertyValues(
            "jstorage.caches.following.url=lru:",
            "jstorage.caches.following.transaction-aware=true",
            "jstorage.caches.plain.url=lru:")
        .run(
            context -> {
              StorageCacheManager manager = context.getBean(StorageCacheManager.class);
              Cache following = Objects.requireNonNull(manager.getCache("following"));
              Cache plain = Objects.requireNonNull(manager.getCache("plain"));
              transaction.executeWithoutResult(
                  status -> {
                    following.put("k", 1);
                    plain.put("k", 1);
                    assertThat(following.get("k")).isNull();
                    assertThat(plain.get("k")).isNotNull();
                  });
              assertThat(following.get("k")).isNotNull();
              transaction.executeWithoutResult(
                  status -> {
                    following.evict("k");
                    status.setRollbackOnly();
                  });
              assertThat(following.get("k")).isNotNull();
              assertThat(manager.caches()).hasSize(2);
            });
  }
}
