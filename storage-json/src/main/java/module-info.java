import io.jstorage.json.internal.JsonCodecFactory;
import io.jstorage.spi.CodecFactory;

/**
 * The codec {@code json}, on Jackson 3.
 *
 * <p>An application that is a named module opens the packages of its own value classes to {@code
 * tools.jackson.databind}, unless it exports them.
 */
module io.jstorage.json {
  requires static org.jspecify;
  requires transitive io.jstorage;
  requires transitive tools.jackson.databind;

  exports io.jstorage.json;

  provides CodecFactory with
      JsonCodecFactory;
}
