package io.jstorage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static List<Row> rows(String... lines) {
    return Plan.parse("== Section\n" + String.join("\n", lines)).get(0).rows();
  }

  @Test
  void thePlanNamesBenchmarksAndParametersThatExist() throws IOException {
    assertThat(Plan.read())
        .extracting(Section::name)
        .contains("Memory", "Files", "File batches", "Redis", "S3 transfers", "Growth of files")
        .doesNotHaveDuplicates();
  }

  @Test
  void aPeerDiffersFromOursInWhatItsLineNames() {
    List<Row> rows =
        rows(
            "LRU hit | CacheBenchmark.hit engine=JSTORAGE threads=2",
            "- caffeine | engine=CAFFEINE | >= 1",
            "- one put | .putEvict threads=1");
    assertThat(rows).extracting(Row::workload).containsOnly("LRU hit");
    assertThat(rows.get(0).ours().key())
        .isEqualTo("CacheBenchmark.hit{engine=JSTORAGE, entries=10000}×2");
    assertThat(rows)
        .extracting(row -> row.peer() == null ? "" : row.peer().key())
        .containsExactly(
            "CacheBenchmark.hit{engine=CAFFEINE, entries=10000}×2",
            "CacheBenchmark.putEvict{engine=JSTORAGE, entries=10000}");
  }

  @Test
  void alternativesMakeARowEach() {
    List<Row> rows =
        rows(
            "hit{; by 4 threads} | CacheBenchmark.hit engine=JSTORAGE threads={1;4}",
            "- caffeine | engine=CAFFEINE | {;>= 2}");
    assertThat(rows).extracting(Row::workload).containsExactly("hit", "hit by 4 threads");
    assertThat(rows).extracting(row -> row.ours().threads()).containsExactly(1, 4);
    assertThat(rows).extracting(row -> row.bound().text()).containsExactly("", "≥ 2× as fast");
  }

  @Test
  void aValueMayBeThatOfAnotherParameter() {
    Subject subject =
        Subject.parse("FileBenchmark.get engine=JSTORAGE limit=100 entries=limit", null);
    assertThat(subject.params()).containsEntry("entries", "100").containsEntry("bytes", "100");
  }

  @Test
  void aRowWithoutTheSystemPropertyThatItNeedsIsLeftOut() {
    assertThat(
            rows(
                "near | NearBenchmark.get reader=NEAR",
                "- far | reader=FAR",
                "- Jedis | reader=JEDIS | >= 20 | no.such.property"))
        .extracting(Row::peerName)
        .containsExactly("far");
  }

  @Test
  void aPlotHasASubjectForEachStepOfEachLine() {
    Plot plot =
        Plan.parse(
                "== S\nplot f | T | latency | CacheBenchmark.hit | entries=10,20 | engine=GUAVA,CACHE2K")
            .get(0)
            .plots()
            .get(0);
    assertThat(plot.series()).containsOnlyKeys("guava", "cache2k");
    assertThat(plot.subjects().map(Subject::key))
        .hasSize(4)
        .contains("CacheBenchmark.hit{engine=CACHE2K, entries=20}");
  }

  @Test
  void aMistakeIsNamedWithItsLines() {
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hid engine=GUAVA"))
        .hasMessageContaining("no benchmark is called CacheBenchmark.hid")
        .hasMessageContaining("x | CacheBenchmark.hid engine=GUAVA");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit motor=GUAVA"))
        .hasMessageContaining("CacheBenchmark.hit has no parameter motor");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit", "- y | engine=GUAVA | about 2"))
        .hasMessageContaining("no target: about 2");
  }
}
