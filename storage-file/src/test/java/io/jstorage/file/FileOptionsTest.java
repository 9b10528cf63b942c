package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOptionsTest {
  @TempDir Path root;

  @Test
  void everyOptionThatIsDeclaredIsTaken() throws IllegalAccessException {
    assertDeclared(FileOptions.class, FileOptions.all());
    assertDeclared(DiskLruOptions.class, DiskLruOptions.all());
  }

  private static void assertDeclared(Class<?> options, Set<Option<?>> all)
      throws IllegalAccessException {
    int declared = 0;
    for (Field field : options.getFields()) {
      assertThat(all).as(field.getName()).contains((Option<?>) field.get(null));
      declared++;
    }
    assertThat(declared).isPositive();
  }

  @Test
  void anExpirationImpliesExpiry() {
    StorageOptions both =
        StorageOptions.of(FileOptions.PATH, root).with("expiration", "1h").with("expiring", true);
    FileStore.open(both).close();
    assertThatThrownBy(() -> FileStore.open(both.with("expiring", false)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("expiring");
  }

  @Test
  void aTimeOutIsLongerThanZero() {
    assertThatThrownBy(() -> FileStore.at(root).timeout(Duration.ZERO))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("timeout");
  }

  @Test
  void withoutAPathNothingIsOpened() {
    assertThatThrownBy(() -> FileStore.open(StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("path");
  }
}
