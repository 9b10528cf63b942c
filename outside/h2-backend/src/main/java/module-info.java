import com.example.h2backend.H2Factory;
import io.jstorage.spi.StorageFactory;

/** The service {@code example.h2}: bytes in a file of H2's MVStore. */
module com.example.h2backend {
  requires com.h2database;
  requires io.jstorage;

  provides StorageFactory with
      H2Factory;
}
