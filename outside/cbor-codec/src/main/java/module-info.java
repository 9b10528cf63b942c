import com.example.cbor.CborFactory;
import io.jstorage.spi.CodecFactory;

/** The codec {@code example.cbor}: values as CBOR (RFC 8949), through Jackson. */
module com.example.cbor {
  requires transitive io.jstorage;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.cbor;

  exports com.example.cbor;

  provides CodecFactory with
      CborFactory;
}
