package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that differs from what the code says is a failure that tells how to write it anew. */
class WrittenPageTest {
  @TempDir Path directory;

  @Test
  void aPageThatDiffersOrIsMissingIsAFailure() throws Exception {
    Path page = directory.resolve("page.md");
    assertThatThrownBy(() -> WrittenPage.assertSame(page, "new"))
        .hasMessageContaining("page.md is not what the code says")
        .hasMessageContaining(WrittenPage.COMMAND);
    Files.writeString(page, "old");
    assertThatThrownBy(() -> WrittenPage.assertSame(page, "new")).hasMessageContaining("old");
    Files.writeString(page, "new");
    WrittenPage.assertSame(page, "new");
  }
}
