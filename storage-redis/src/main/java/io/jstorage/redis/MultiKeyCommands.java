package io.jstorage.redis;

import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

/**
 * Operations on many keys: one command for all of them on a single server. In a Cluster, where a
 * command takes the keys of one slot only, there is a command for each key, sent together.
 */
final class MultiKeyCommands {
  /** The most keys of one command, as the server does nothing else until it is done. */
  private static final int TOGETHER = 5_000;

  private final RetryingExecutor executor;
  private final RedisKeys keys;

  MultiKeyCommands(RetryingExecutor executor, RedisKeys keys) {
    this.executor = executor;
    this.keys = keys;
  }

  Map<String, byte[]> read(List<String> wanted, BiConsumer<String, Exception> failed) {
    Map<String, byte[]> found = new HashMap<>(wanted.size() * 4 / 3 + 1);
    if (executor.isCluster()) {
      readSingly(wanted, found, failed);
    } else {
      inParts(wanted, part -> readTogether(part, found, failed), failed);
    }
    return found;
  }

  /** An operation on some of the keys. */
  private interface Part {
    void run(List<String> part) throws IOException;
  }

  /** The failure of a part is that of each of its keys; after a time-out it is also the last. */
  private static void inParts(
      List<String> all, Part operation, BiConsumer<String, Exception> failed) {
    IOException unavailable = null;
    for (int from = 0; from < all.size(); from += TOGETHER) {
      List<String> part = all.subList(from, Math.min(all.size(), from + TOGETHER));
      if (unavailable != null) {
        IOException failure = Pipeline.notSent(unavailable);
        part.forEach(key -> failed.accept(key, failure));
        continue;
      }
      try {
        operation.run(part);
      } catch (IOException e) {
        part.forEach(key -> failed.accept(key, e));
        unavailable = e instanceof ByteStoreException ? e : null;
      }
    }
  }

  /** MGET treats a key that is not a string as absent: such keys are requested again, by GET. */
  private void readTogether(
      List<String> wanted, Map<String, byte[]> found, BiConsumer<String, Exception> failed)
      throws IOException {
    List<byte @Nullable []> values = executor.execute(Commands.mget(names(wanted)), true);
    if (values.size() != wanted.size()) {
      throw new IOException(
          "the server replied %d values to a request for %d"
              .formatted(values.size(), wanted.size()));
    }
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (values.get(i) == null) {
        missed.add(wanted.get(i));
      }
    }
    boolean others =
        !missed.isEmpty() && executor.execute(Commands.exists(names(missed)), true) > 0;
    for (int i = 0; i < wanted.size(); i++) {
      byte[] bytes = values.get(i);
      if (bytes != null) {
        found.put(wanted.get(i), bytes);
      }
    }
    if (others) {
      readSingly(missed, found, failed);
    }
  }

  private void readSingly(
      List<String> wanted, Map<String, byte[]> found, BiConsumer<String, Exception> failed) {
    each(
        wanted,
        Commands::get,
        true,
        (key, bytes) -> {
          if (bytes != null) {
            found.put(key, bytes);
          }
        },
        failed);
  }

  void write(Map<String, byte[]> entries, long ttlMillis, BiConsumer<String, Exception> failed) {
    List<String> written = new ArrayList<>();
    List<CommandObject<String>> commands = new ArrayList<>();
    entries.forEach(
        (key, bytes) -> {
          written.add(key);
          commands.add(Commands.set(keys.nameOf(key), bytes, ttlMillis));
        });
    report(written, executor.executeAll(commands, false), (key, ok) -> {}, failed);
  }

  void delete(List<String> unwanted, BiConsumer<String, Exception> failed) {
    if (executor.isCluster()) {
      each(unwanted, name -> Commands.unlink(List.of(name)), false, (key, count) -> {}, failed);
    } else {
      inParts(unwanted, part -> executor.execute(Commands.unlink(names(part)), false), failed);
    }
  }

  private <T> void each(
      List<String> all,
      Function<byte[], CommandObject<T>> command,
      boolean repeatable,
      BiConsumer<String, @Nullable T> done,
      BiConsumer<String, Exception> failed) {
    List<CommandObject<T>> commands = new ArrayList<>();
    all.forEach(key -> commands.add(command.apply(keys.nameOf(key))));
    report(all, executor.executeAll(commands, repeatable), done, failed);
  }

  private static <T> void report(
      List<String> all,
      List<Reply<T>> replies,
      BiConsumer<String, @Nullable T> done,
      BiConsumer<String, Exception> failed) {
    for (int i = 0; i < all.size(); i++) {
      try {
        done.accept(all.get(i), replies.get(i).get());
      } catch (IOException e) {
        failed.accept(all.get(i), e);
      }
    }
  }

  private List<byte[]> names(List<String> all) {
    List<byte[]> names = new ArrayList<>(all.size());
    all.forEach(key -> names.add(keys.nameOf(key)));
    return names;
  }
}
