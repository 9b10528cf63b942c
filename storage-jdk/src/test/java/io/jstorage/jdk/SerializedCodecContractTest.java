package io.jstorage.jdk;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import io.jstorage.testkit.CodecContract;
import io.jstorage.testkit.Detects;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The JDK's streams fail by exceptions of every kind where they are damaged. */
class SerializedCodecContractTest
    extends CodecContract<Map<String, SerializedCodecContractTest.Invoice>> {
  private static final int LIMIT = 20_000;

  /** Something of every kind that a stream holds. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by what is shown of it.
  record Invoice(long number, String text, Instant at, List<String> lines, byte[] raw)
      implements Serializable {}

  @Override
  protected Codec<Map<String, Invoice>> codec() {
    return SerializedCodec.of(new TypeRef<Map<String, Invoice>>() {}, List.of(), LIMIT);
  }

  @Override
  protected List<Map<String, Invoice>> samples() {
    return List.of(
        Map.of(),
        Map.of("a", new Invoice(7, "\u00e9", Instant.EPOCH, List.of("x", "y"), new byte[0])));
  }

  @Override
  protected List<Map<String, Invoice>> refusedValues() {
    return List.of(Map.of("a", new Invoice(1, "", Instant.EPOCH, List.of(), new byte[LIMIT])));
  }

  @Override
  protected boolean areEqual(Map<String, Invoice> one, Map<String, Invoice> other) {
    // The array makes equals of the record too strict.
    return one.keySet().equals(other.keySet())
        && one.keySet().stream()
            .allMatch(
                key ->
                    shown(Objects.requireNonNull(one.get(key)))
                        .equals(shown(Objects.requireNonNull(other.get(key)))));
  }

  private static String shown(Invoice invoice) {
    return "%d %s %s %s %d"
        .formatted(invoice.number, invoice.text, invoice.at, invoice.lines, invoice.raw.length);
  }

  @Override
  protected Set<Detects> detects() {
    return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES);
  }
}
