package io.jstorage.redis;

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
 * Operations on many keys: one command for all of them on a single server, and in a Cluster, where
 * a command takes the keys of one slot only, one for each, sent together.
 */
final class ManyKeys {
  /** So many keys a command takes at most: the server does nothing else meanwhile. */
  private static final int TOGETHER = 5_000;

  private final Link link;
  private final RedisKeys keys;

  ManyKeys(Link link, RedisKeys keys) {
    this.link = link;
    this.keys = keys;
  }

  Map<String, byte[]> read(List<String> wanted, BiConsumer<String, IOException> failed)
      throws IOException {
    Map<String, byte[]> found = new HashMap<>(wanted.size() * 4 / 3 + 1);
    if (link.isCluster()) {
      readSingly(wanted, found, failed);
    } else {
      for (int from = 0; from < wanted.size(); from += TOGETHER) {
        readTogether(part(wanted, from), found, failed);
      }
    }
    return found;
  }

  private static <T> List<T> part(List<T> all, int from) {
    return all.subList(from, Math.min(all.size(), from + TOGETHER));
  }

  /** To MGET, something that is no string is not there: such keys are asked for again, by GET. */
  private void readTogether(
      List<String> wanted, Map<String, byte[]> found, BiConsumer<String, IOException> failed)
      throws IOException {
    List<byte @Nullable []> values = link.execute(Commands.mget(names(wanted)), true);
    if (values.size() != wanted.size()) {
      throw new IOException(
          "the server replied %d values to a request for %d"
              .formatted(values.size(), wanted.size()));
    }
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      byte[] bytes = values.get(i);
      if (bytes == null) {
        missed.add(wanted.get(i));
      } else {
        found.put(wanted.get(i), bytes);
      }
    }
    if (!missed.isEmpty() && link.execute(Commands.exists(names(missed)), true) > 0) {
      readSingly(missed, found, failed);
    }
  }

  private void readSingly(
      List<String> wanted, Map<String, byte[]> found, BiConsumer<String, IOException> failed) {
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

  void write(Map<String, byte[]> entries, long ttlMillis, BiConsumer<String, IOException> failed) {
    List<String> written = new ArrayList<>();
    List<CommandObject<String>> commands = new ArrayList<>();
    entries.forEach(
        (key, bytes) -> {
          written.add(key);
          commands.add(Commands.set(keys.nameOf(key), bytes, ttlMillis));
        });
    report(written, link.executeAll(commands, false), (key, ok) -> {}, failed);
  }

  void delete(List<String> unwanted, BiConsumer<String, IOException> failed) {
    if (link.isCluster()) {
      each(unwanted, name -> Commands.unlink(List.of(name)), false, (key, count) -> {}, failed);
      return;
    }
    for (int from = 0; from < unwanted.size(); from += TOGETHER) {
      List<String> part = part(unwanted, from);
      try {
        link.execute(Commands.unlink(names(part)), false);
      } catch (IOException e) {
        part.forEach(key -> failed.accept(key, e));
      }
    }
  }

  private <T> void each(
      List<String> all,
      Function<byte[], CommandObject<T>> command,
      boolean repeatable,
      BiConsumer<String, @Nullable T> done,
      BiConsumer<String, IOException> failed) {
    List<CommandObject<T>> commands = new ArrayList<>();
    all.forEach(key -> commands.add(command.apply(keys.nameOf(key))));
    report(all, link.executeAll(commands, repeatable), done, failed);
  }

  private static <T> void report(
      List<String> all,
      List<Answer<T>> answers,
      BiConsumer<String, @Nullable T> done,
      BiConsumer<String, IOException> failed) {
    for (int i = 0; i < all.size(); i++) {
      try {
        done.accept(all.get(i), answers.get(i).get());
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
