import io.jstorage.pickle.internal.PickleCodecFactory;
import io.jstorage.spi.CodecFactory;

/**
 * The codec {@code pickle}: values that Python programs read and write, without code that a pickle
 * could name.
 */
module io.jstorage.pickle {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.pickle;

  provides CodecFactory with
      PickleCodecFactory;
}
