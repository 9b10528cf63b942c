package io.jstorage.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.benchmarks.report.Plan.Row;
import io.jstorage.benchmarks.report.Plan.Section;
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
            "LRU hit | CacheBenchmark.hit -p engine=NEAR -t 2 | caffeine | -p engine=CAFFEINE | >= 1",
            "| | one put | .putEvict -t 1");
    assertThat(rows).extracting(Row::workload).containsOnly("LRU hit");
    assertThat(rows).extracting(row -> row.target().wanted()).containsExactly("≥ 1× as fast", "");
    assertThat(rows)
        .extracting(Row::ours)
        .containsOnly(run("CacheBenchmark.hit -p engine=NEAR -t 2"));
    assertThat(rows)
        .extracting(Row::peer)
        .containsExactly(
            run("CacheBenchmark.hit -p entries=10000 -p engine=CAFFEINE -t 2"),
            run("CacheBenchmark.putEvict -p engine=NEAR"));
  }

  @Test
  void aPeerOfAnotherClassBeginsWithItsDefaults() {
    assertThat(rows("x | CacheBenchmark.hit -p entries=5 | far | NearBenchmark.get"))
        .extracting(Row::peer)
        .containsExactly(run("NearBenchmark.get"));
  }

  private static Run run(String arguments) {
    return Run.parse(arguments, null);
  }

  @Test
  void aRunIsACommandOfJmh() {
    assertThat(run("GlueBenchmark.storage -t 2 -prof gc per=10").arguments())
        .containsExactly("\\.\\QGlueBenchmark.storage\\E$", "-t", "2", "-prof", "gc");
    assertThat(run("NearBenchmark.get -p limit=5").arguments())
        .contains("-p", "limit=5", "reader=NEAR", "entries=10000", "writes=10");
  }

  @Test
  void aRowWithoutTheSystemPropertyThatItNeedsIsLeftOut() {
    assertThat(
            rows(
                "near | NearBenchmark.get | far | -p reader=FAR",
                "| | Jedis | -p reader=JEDIS | >= 20 | no.such.property"))
        .extracting(Row::beside)
        .containsExactly("far");
  }

  @Test
  void aPlotHasARunForEachStepOfEachLine() {
    Plot plot =
        Plan.parse(
                "== S\nplot f | T | latency | CacheBenchmark.hit -p engine=GUAVA,CACHE2K | -p entries=10,20")
            .get(0)
            .plots()
            .get(0);
    assertThat(plot.across()).isEqualTo("entries");
    assertThat(plot.series()).containsOnlyKeys("guava", "cache2k");
    assertThat(plot.runs())
        .hasSize(4)
        .contains(run("CacheBenchmark.hit -p engine=CACHE2K -p entries=20"));
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hid"))
        .hasMessage("no benchmark is called CacheBenchmark.hid, in: x | CacheBenchmark.hid");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit -p motor=GUAVA"))
        .hasMessageContaining("CacheBenchmark.hit has no parameter motor");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit -p engine=GUAVA,CAFFEINE"))
        .hasMessageContaining("several values: GUAVA,CAFFEINE");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit | y | -p engine=GUAVA | about 2"))
        .hasMessageContaining("no target: about 2");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit | | -p engine=GUAVA"))
        .hasMessageContaining("a peer needs its name");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit | | | >= 2"))
        .hasMessageContaining("this target needs a peer: >= 2");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit | y | -p motor=GUAVA | | no.property"))
        .hasMessageContaining("no parameter motor");
    assertThatThrownBy(() -> rows("x | CacheBenchmark.hit | y | -p engine=GUAVA | | | more"))
        .hasMessageContaining("more than 6 cells");
    assertThatThrownBy(() -> rows("plot f | T | speed | CacheBenchmark.hit -p engine=GUAVA | -t 1"))
        .hasMessageContaining("neither throughput nor latency: speed");
    assertThatThrownBy(() -> Plan.parse("x | CacheBenchmark.hit"))
        .hasMessageContaining("before the first section");
  }
}
