import io.jstorage.jdk.internal.GzipTransformFactory;
import io.jstorage.jdk.internal.SerializedCodecFactory;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;

/** The codec {@code serialized} and the transform {@code gzip}, which need nothing but the JDK. */
module io.jstorage.jdk {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.jdk;

  provides CodecFactory with
      SerializedCodecFactory;
  provides ByteTransformFactory with
      GzipTransformFactory;
}
