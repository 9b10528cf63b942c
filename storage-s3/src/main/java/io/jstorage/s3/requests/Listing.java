package io.jstorage.s3.requests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects whose names start with a prefix, in the order of their names. A page is asked for
 * when the one before has been read, so that only one is held.
 */
public final class Listing extends Spliterators.AbstractSpliterator<S3Object> {
  private final Bucket bucket;
  private final String prefix;
  private Iterator<S3Object> page = List.<S3Object>of().iterator();
  private @Nullable String token;
  private boolean last;

  private Listing(Bucket bucket, String prefix) {
    super(Long.MAX_VALUE, DISTINCT | NONNULL | ORDERED);
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** Returns a lazy stream. */
  public static Stream<S3Object> of(Bucket bucket, String prefix) {
    return StreamSupport.stream(new Listing(bucket, prefix), false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super S3Object> action) {
    while (!page.hasNext()) {
      if (last) {
        return false;
      }
      fetch();
    }
    action.accept(page.next());
    return true;
  }

  private void fetch() {
    ListObjectsV2Response fetched;
    try {
      fetched = bucket.list(prefix, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = !Boolean.TRUE.equals(fetched.isTruncated());
    String next = fetched.nextContinuationToken();
    if (!last && (next == null || next.equals(token))) {
      throw new UncheckedIOException(
          new IOException("the server reports more names, but not where they begin"));
    }
    token = next;
    page = fetched.contents().iterator();
  }
}
