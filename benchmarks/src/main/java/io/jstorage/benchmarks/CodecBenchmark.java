package io.jstorage.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Small values to bytes and back. */
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CodecBenchmark extends Measured {
  @Param("JSON")
  public Coder coder;

  private byte[] bytes;

  @Setup
  public void encode() throws IOException {
    bytes = coder.codec.encode(coder.value);
  }

  @Benchmark
  public byte[] write() throws IOException {
    return coder.codec.encode(coder.value);
  }

  @Benchmark
  public Object read() throws IOException {
    return coder.codec.decode(bytes);
  }
}
