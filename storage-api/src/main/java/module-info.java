import io.jstorage.internal.BytesCodecFactory;
import io.jstorage.internal.TextCodecFactory;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;

/**
 * One contract for key-value storages, the provider that makes them by name, and the SPI that
 * backends implement. No backend is known here: each is a module of its own, found at run time.
 */
module io.jstorage {
  requires static org.jspecify;

  exports io.jstorage;
  exports io.jstorage.codec;
  exports io.jstorage.provider;
  exports io.jstorage.spi;

  uses StorageFactory;
  uses CodecFactory;
  uses ByteTransformFactory;

  provides CodecFactory with
      BytesCodecFactory,
      TextCodecFactory;
}
