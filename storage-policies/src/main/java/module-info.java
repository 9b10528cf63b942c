import io.jstorage.policy.internal.FallbackFactory;
import io.jstorage.policy.internal.LargestEntryFactory;
import io.jstorage.policy.internal.PrefixFactory;
import io.jstorage.policy.internal.ReadOnlyFactory;
import io.jstorage.policy.internal.RefreshFactory;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.StorageFactory;

/**
 * Policies in front of any storage: {@code storage.fallback}, {@code storage.refresh}, {@code
 * storage.prefix}, {@code storage.readonly}, remembered misses, and the transform {@code largest}.
 */
module io.jstorage.policy {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.policy;

  provides StorageFactory with
      FallbackFactory,
      RefreshFactory,
      ReadOnlyFactory,
      PrefixFactory;
  provides ByteTransformFactory with
      LargestEntryFactory;
}
