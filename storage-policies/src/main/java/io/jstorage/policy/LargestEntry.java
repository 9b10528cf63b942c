package io.jstorage.policy;

import io.jstorage.ByteTransform;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import java.io.IOException;

/**
 * Refuses values that are too large: the transform {@code largest}.
 *
 * <p>It counts the bytes as they come to its place in the option {@code transforms}: last, those
 * that are stored; first, those of the codec, before compression. A larger value is a {@link
 * io.jstorage.CodecException} of its write, and the old value stays; of a batch with one, nothing
 * is stored. The bytes are not changed, so that it may be added to a storage and taken away again.
 * A larger value that is there already is read as ever.
 */
public final class LargestEntry implements ByteTransform {
  /** {@code largest.bytes}: the largest size. */
  public static final Option<Integer> BYTES =
      Option.integer("largest.bytes")
          .where(bytes -> bytes > 0, "positive")
          .describedAs("The most bytes that a value may have where 'largest' stands.")
          .required();

  private final int most;

  /**
   * Makes a transform.
   *
   * @param most the most bytes of a value
   * @throws InvalidOptionException if that is not positive
   */
  public LargestEntry(int most) {
    this.most = BYTES.parse(most);
  }

  @Override
  public byte[] apply(String key, byte[] plain) throws IOException {
    if (plain.length > most) {
      throw new IOException(
          "it has %d bytes, and 'largest.bytes' allows %d".formatted(plain.length, most));
    }
    return plain;
  }

  @Override
  public byte[] invert(String key, byte[] coded) {
    return coded;
  }

  @Override
  public String toString() {
    return "at most " + most + " bytes";
  }
}
