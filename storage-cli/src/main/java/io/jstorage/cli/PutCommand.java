package io.jstorage.cli;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.cli.location.FormatCodec;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a value. */
@Command(
    name = "put",
    description = {
      "Stores a value.",
      "In the form in which get prints it. One that the codec does not read is refused, and the old one stays."
    })
final class PutCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "URL", description = "The storage; made if need be.")
  String url = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
  String key = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file that holds the value; without one, or as -, standard input.")
  @Nullable String file;

  @Option(names = "--value", paramLabel = "TEXT", description = "The value itself.")
  @Nullable String text;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it lives: 500ms, 30s, 5m, 12h, 7d.")
  @Nullable String ttl;

  @Option(names = "--if-absent", description = "Only if there is no value under the key.")
  boolean ifAbsent;

  PutCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    Duration lifetime = ttl == null ? null : TimeOption.parse("--ttl", ttl);
    StorageLocation location = at(url, StorageRole.MADE);
    byte[] content = content();
    boolean stored;
    if (location.format().isPresent()) {
      check(location, content);
      try (Storage<byte[]> storage = location.contents()) {
        stored = put(storage, content, lifetime);
      }
    } else {
      Object value;
      try {
        value = JsonCodec.untyped().decode(content);
      } catch (IOException e) {
        throw new CodecException("the value is no JSON: " + e.getMessage(), e);
      }
      try (Storage<Object> storage = location.values()) {
        stored = put(storage, value, lifetime);
      }
    }
    if (json) {
      terminal.line(
          new Json()
              .with("key", key)
              .with("stored", stored)
              .with("size", (long) content.length)
              .toString());
    } else if (!stored) {
      terminal.note("jstorage: there is a value under %s, which stays".formatted(Texts.shown(key)));
    }
    return stored ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private <V> boolean put(Storage<V> storage, V value, @Nullable Duration lifetime) {
    if (ifAbsent) {
      return lifetime == null
          ? storage.putIfAbsent(key, value)
          : storage.putIfAbsent(key, value, lifetime);
    }
    if (lifetime == null) {
      storage.put(key, value);
    } else {
      storage.put(key, value, lifetime);
    }
    return true;
  }

  /** Otherwise only a later reader would find that it is no value. */
  private void check(StorageLocation location, byte[] content) {
    try (FormatCodec codec = location.formatCodec()) {
      codec.decode(key, codec.transform(key, content));
    } catch (CodecException e) {
      Throwable cause = e.getCause();
      throw new CodecException(
          "nothing was stored: what was given is no value of the codec '%s': %s"
              .formatted(
                  location.requireFormat().codec(),
                  cause == null ? e.getMessage() : cause.getMessage()),
          e);
    }
  }

  private byte[] content() throws IOException {
    if (text != null) {
      if (file != null) {
        throw new UsageException("the value is given twice, by --value and as a file");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (file == null || file.equals("-")) {
      return terminal.in().readAllBytes();
    }
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      throw new UsageException("%s is a directory: name a file".formatted(path));
    }
    if (!Files.exists(path)) {
      throw new UsageException("there is no file %s".formatted(path));
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IOException("cannot read %s: %s".formatted(path, e), e);
    }
  }
}
