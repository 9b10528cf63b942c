package io.jstorage.provider;

import io.jstorage.ByteTransform;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.ByteTransformFactory;
import java.util.Set;

/** Turns the bytes round. */
final class ReverseTransform implements ByteTransformFactory, ByteTransform {
  static final Option<Boolean> LOUD = Option.flag("reverse.loud");

  @Override
  public String name() {
    return "reverse";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LOUD);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    return this;
  }

  @Override
  public byte[] apply(String key, byte[] plain) {
    byte[] reversed = new byte[plain.length];
    for (int i = 0; i < plain.length; i++) {
      reversed[i] = plain[plain.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public byte[] invert(String key, byte[] coded) {
    return apply(key, coded);
  }
}
