package io.jstorage.architecture.planted.library;

import io.jstorage.file.Durability;

/** A backend that leans on another one. */
class UsesAnotherPart {
  final Durability durability = Durability.FULL;
}
