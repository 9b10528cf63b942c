package io.jstorage.testkit;

/** What the broken ones are made of. */
class SoundTransformContractTest extends BrokenTransforms.Sound {}
