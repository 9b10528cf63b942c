package io.jstorage.architecture.planted.library;

import tools.jackson.databind.json.JsonMapper;

/** A backend that reads JSON by itself. */
class UsesAnotherLibrary {
  final JsonMapper mapper = JsonMapper.shared();
}
