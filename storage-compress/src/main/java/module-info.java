import io.jstorage.compress.internal.Lz4TransformFactory;
import io.jstorage.compress.internal.SnappyTransformFactory;
import io.jstorage.compress.internal.XzTransformFactory;
import io.jstorage.compress.internal.ZstdTransformFactory;
import io.jstorage.spi.ByteTransformFactory;

/**
 * The transforms {@code lz4}, {@code snappy}, {@code xz} and {@code zstd}. The libraries of the
 * last two are optional: users of {@code xz} add the module {@code org.tukaani.xz}, users of {@code
 * zstd} the module {@code com.github.luben.zstd_jni}, which has native code: Java 24 and later want
 * {@code --enable-native-access=com.github.luben.zstd_jni}.
 */
module io.jstorage.compress {
  requires transitive io.jstorage;
  requires org.apache.commons.codec;
  requires org.apache.commons.compress;
  requires static com.github.luben.zstd_jni;
  requires static org.jspecify;
  requires static org.tukaani.xz;

  exports io.jstorage.compress;

  provides ByteTransformFactory with
      Lz4TransformFactory,
      SnappyTransformFactory,
      XzTransformFactory,
      ZstdTransformFactory;
}
