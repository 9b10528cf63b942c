package io.jstorage.testkit;

/** The sound transform that the broken ones are made of. */
class SoundTransformContractTest extends BrokenTransforms.Sound {}
