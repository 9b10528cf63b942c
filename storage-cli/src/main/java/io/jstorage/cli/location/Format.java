package io.jstorage.cli.location;

import java.util.List;
import java.util.Map;

/**
 * How a storage turns values into bytes. Bytes of one storage are values of another one of the same
 * format.
 *
 * @param codec the name of the codec
 * @param transforms the names of the transforms, in the order of writing
 * @param settings the options of codec and transforms that were given
 */
public record Format(String codec, List<String> transforms, Map<String, Object> settings) {
  /** Names codec and transforms, {@code json+gzip}. */
  @Override
  public String toString() {
    return transforms.isEmpty() ? codec : codec + "+" + String.join("+", transforms);
  }
}
