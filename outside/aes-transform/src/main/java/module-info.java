import com.example.aes.AesFactory;
import io.jstorage.spi.ByteTransformFactory;

/** The transform {@code example.aes}: encryption and authentication by the JDK's AES-GCM. */
module com.example.aes {
  requires transitive io.jstorage;

  exports com.example.aes;

  provides ByteTransformFactory with
      AesFactory;
}
