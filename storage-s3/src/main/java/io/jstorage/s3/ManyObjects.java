package io.jstorage.s3;

import io.jstorage.s3.requests.BatchDeletion;
import io.jstorage.s3.requests.Bucket;
import io.jstorage.s3.requests.Listing;
import io.jstorage.s3.requests.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Deletes objects by the thousand. Each operation attempts everything. Thread-safe. */
final class ManyObjects {
  private final Bucket bucket;
  private final ObjectNames names;
  private final Parallel parallel;
  private final BatchDeletion deletion;

  ManyObjects(Bucket bucket, ObjectNames names, Parallel parallel) {
    this.bucket = bucket;
    this.names = names;
    this.parallel = parallel;
    this.deletion = new BatchDeletion(bucket);
  }

  /** Deletes the objects of all keys. */
  void deleteAll() throws IOException {
    FailureCollector failures = new FailureCollector();
    forEachPage(
        object -> names.keyOf(object.key()) != null,
        page -> failures.addAll(deletePages(List.of(page)).values()));
    failures.throwIfAny();
  }

  /** Deletes objects by name, and returns the failures by name. */
  private Map<String, IOException> deletePages(List<List<String>> pages) {
    Map<String, IOException> failures = new ConcurrentHashMap<>();
    parallel
        .run(pages, page -> failures.putAll(deletion.delete(page)))
        .forEach((page, failure) -> page.forEach(name -> failures.put(name, failure)));
    return failures;
  }

  private static List<List<String>> pagesOf(List<String> all) {
    List<List<String>> pages = new ArrayList<>();
    for (int i = 0; i < all.size(); i += Requests.PAGE) {
      pages.add(all.subList(i, Math.min(all.size(), i + Requests.PAGE)));
    }
    return pages;
  }

  /** Deletes the objects of some keys. */
  void delete(List<String> keys, BiConsumer<String, ? super IOException> failed) {
    Map<String, String> keyOfName = new LinkedHashMap<>();
    keys.forEach(key -> keyOfName.put(names.nameOf(key), key));
    deletePages(pagesOf(List.copyOf(keyOfName.keySet())))
        .forEach(
            (name, failure) -> {
              String key = keyOfName.get(name);
              if (key != null) {
                failed.accept(key, failure);
              }
            });
  }

  /** Deletes expired objects that are not being written, and abandoned ones; counts the expired. */
  long purge(ExpiredObjects expired, WritesInFlight writes) throws IOException {
    FailureCollector failures = new FailureCollector();
    LongAdder purged = new LongAdder();
    List<String> abandoned = new ArrayList<>();
    forEachPage(
        object -> {
          if (expired.isAbandoned(object)) {
            abandoned.add(object.key());
          }
          return names.keyOf(object.key()) != null;
        },
        page ->
            failures.addAll(
                parallel
                    .run(
                        page,
                        name -> {
                          if (expired.purge(name, writes)) {
                            purged.increment();
                          }
                        })
                    .values()));
    failures.addAll(deletePages(pagesOf(abandoned)).values());
    failures.throwIfAny();
    return purged.sum();
  }

  private void forEachPage(Predicate<S3Object> wanted, Parallel.Task<List<String>> action)
      throws IOException {
    List<String> page = new ArrayList<>();
    try (Stream<S3Object> all = Listing.of(bucket, names.prefix())) {
      for (Iterator<S3Object> each = all.filter(wanted).iterator(); each.hasNext(); ) {
        page.add(each.next().key());
        if (page.size() == Requests.PAGE || !each.hasNext()) {
          action.run(List.copyOf(page));
          page.clear();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
