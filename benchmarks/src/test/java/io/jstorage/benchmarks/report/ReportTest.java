package io.jstorage.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.benchmarks.report.Plan.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final List<Section> PLAN =
      Plan.parse(
          """
          == Memory
          LRU hit | CacheBenchmark.hit | caffeine | -p engine=CAFFEINE | >= 2.5
          | | guava | -p engine=GUAVA
          LRU heap | HeapBenchmark.perEntry | | | <= 56 bytes
          plot lru | LRU hit | latency | CacheBenchmark.hit -p engine=JSTORAGE,GUAVA | -p entries=10000
          == Layers
          get, allocated | GlueBenchmark.storage -prof gc | alone | .storeAndCodec | <= 16 bytes more
          get, a hundredth | GlueBenchmark.storage per=100
          """);
  private static final String HIT = "CacheBenchmark.hit";

  @TempDir Path directory;

  private final Scores scores = new Scores();
  private final Report report = new Report(scores, "Measured today.");

  @BeforeEach
  void measure() throws IOException {
    read(throughput(HIT, "JSTORAGE", "10e6, 20e6, 50e6"));
    read(throughput(HIT, "CAFFEINE", "10e6, 20e6"));
  }

  private void read(String result) throws IOException {
    scores.read(
        Files.writeString(Files.createTempFile(directory, "jmh", ".json"), "[" + result + "]"));
  }

  /** As JMH writes it, with what is read of it and some of the rest. */
  private static String throughput(String benchmark, String engine, String operations) {
    String params =
        engine.isEmpty() ? "" : "\"entries\":\"10000\",\"engine\":\"%s\"".formatted(engine);
    return """
        {"jmhVersion": "1.37", "benchmark": "io.jstorage.benchmarks.%s", "mode": "thrpt",
         "threads": 1, "params": {%s},
         "primaryMetric": {"score": 1, "scoreUnit": "ops/s", "rawData": [[%s]]},
         "secondaryMetrics": {}}
        """
        .formatted(benchmark, params, operations);
  }

  private static String counter(
      String benchmark, String mode, String params, String name, String values) {
    return """
        {"benchmark": "io.jstorage.benchmarks.%s", "mode": "%s", "threads": 1, "params": {%s},
         "primaryMetric": {"rawData": [[1e7]]},
         "secondaryMetrics": {"gc.count": {"rawData": [[3]]}, "%s": {"rawData": [[%s]]}}}
        """
        .formatted(benchmark, mode, params, name, values);
  }

  @Test
  void aRowShowsTheBestIterationsTheirRatioItsVerdictAndTheSpreads() {
    assertThat(report.table(PLAN.get(0)))
        .contains(
            "| LRU hit | 20 ns | caffeine | 50 ns | 2.50× | ≥ 2.5× as fast | yes | 2.50 · 2.00 |\n");
  }

  @Test
  void aRowOfWhichOneSideWasNotMeasuredIsLeftOut() {
    assertThat(report.table(PLAN.get(0))).doesNotContain("guava").doesNotContain("heap");
  }

  @Test
  void laterForksOfARunAddIterations() throws IOException {
    read(throughput(HIT, "CAFFEINE", "40e6"));
    assertThat(report.table(PLAN.get(0))).contains("| 25 ns | 1.25× | ≥ 2.5× as fast | **no** |");
  }

  @Test
  void aCounterIsTheFigureOfABenchmarkThatIsCalledOnce() throws IOException {
    read(counter("HeapBenchmark.perEntry", "ss", "\"engine\":\"JSTORAGE\"", "bytes", "60.5"));
    assertThat(report.table(PLAN.get(0)))
        .contains("| LRU heap | 60.5 bytes |  |  |  | ≤ 56 bytes | **no** | 1.00 |\n");
  }

  @Test
  void aMetricOfAProfilerStandsBesideTheThroughputOfARunWithoutIt() throws IOException {
    read(throughput("GlueBenchmark.storage", "", "5e6"));
    read(counter("GlueBenchmark.storage", "thrpt", "", "gc.alloc.rate.norm", "136.01"));
    read(counter("GlueBenchmark.storeAndCodec", "thrpt", "", "gc.alloc.rate.norm", "120"));
    assertThat(report.table(PLAN.get(1)))
        .contains(
            "| get, allocated | 136 bytes | alone | 120 bytes | 16 bytes | ≤ 16 bytes more | yes |")
        .contains("| get, a hundredth | 2 ns |");
  }

  @Test
  void onlyWholeSectionsArePublishedAndTheOthersKeepTheirText() throws IOException {
    Path page = directory.resolve("README.md");
    Files.writeString(page, "# Results\n\n## Gone\n\nold\n\n## Layers\n\nolder figures\n");
    report.publish(PLAN.get(0), PLAN, directory);
    assertThat(page)
        .content()
        .doesNotContain("LRU hit", "Gone")
        .endsWith("## Layers\n\nolder figures\n");

    read(throughput(HIT, "GUAVA", "5e6"));
    read(counter("HeapBenchmark.perEntry", "ss", "\"engine\":\"JSTORAGE\"", "bytes", "50"));
    report.publish(PLAN.get(0), PLAN, directory);
    assertThat(page)
        .content()
        .contains("\n## Memory\n\nMeasured today.\n\n| workload |", "\n![LRU hit](lru.svg)\n")
        .endsWith("## Layers\n\nolder figures\n");
    assertThat(directory.resolve("lru.svg")).content().startsWith("<svg").contains(">guava</text>");
  }
}
