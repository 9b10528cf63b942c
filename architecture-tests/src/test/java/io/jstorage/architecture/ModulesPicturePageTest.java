package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's picture shows the modules as they are. */
class ModulesPicturePageTest {
  @Test
  void thePictureIsThatOfTheModules() throws IOException {
    WrittenPage.assertUpToDate("docs/modules.svg", ModulesPicture.of(Part.ALL));
  }

  @Test
  void everyModuleForUsersIsShownOnce() {
    String picture = ModulesPicture.of(Part.ALL);
    List<String> expected =
        Part.ALL.stream().filter(part -> !part.equals(Part.TESTKIT)).map(Part::artifact).toList();
    assertThat(expected)
        .allSatisfy(name -> assertThat(picture.split(">" + name + "<", -1)).hasSize(2));
  }
}
