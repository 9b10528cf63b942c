package io.jstorage.architecture.planted;

import java.util.logging.Logger;

/** Chooses the application's logging for it. */
class Logs {
  final Logger logger = Logger.getLogger("logs");
}
