package com.example.aes;

import io.jstorage.ByteTransform;
import io.jstorage.testkit.ByteTransformContract;
import io.jstorage.testkit.Detects;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The contract of all transforms. Every change is detected: all bytes are authenticated, with the
 * key.
 */
class AesTransformContractTest extends ByteTransformContract {
  private static final AesTransform TRANSFORM =
      new AesTransform(
          Keyring.parse(
              List.of(
                  "new:" + Base64.getEncoder().encodeToString(new byte[32]),
                  "old:" + Base64.getEncoder().encodeToString(new byte[16]))));

  @Override
  protected ByteTransform transform() {
    return TRANSFORM;
  }

  @Override
  protected Set<Detects> detects() {
    return EnumSet.allOf(Detects.class);
  }

  @Override
  protected Set<Class<? extends Exception>> failures() {
    return Set.of(IOException.class);
  }

  @Override
  protected List<byte[]> refusedCoded() {
    return List.of(new byte[0], new byte[1], new byte[] {1, (byte) 200}, new byte[100]);
  }

  @Override
  protected long mostMemory() {
    return 1 << 20;
  }
}
