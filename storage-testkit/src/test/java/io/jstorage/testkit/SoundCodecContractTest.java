package io.jstorage.testkit;

import io.jstorage.Codec;

/** The sound codec that the broken ones are made of. */
class SoundCodecContractTest extends BrokenCodecs.Contract {
  @Override
  protected Codec<String> codec() {
    return new BrokenCodecs.Checked();
  }
}
