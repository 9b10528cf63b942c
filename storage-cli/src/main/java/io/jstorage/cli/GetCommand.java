package io.jstorage.cli;

import io.jstorage.Entry;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a value. */
@Command(
    name = "get",
    description = {
      "Prints a value.",
      "As its codec has written it: a text of JSON, a pickle, bytes. On a terminal, one that is no text is shown decoded, as JSON."
    })
final class GetCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
  String key = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file.")
  @Nullable Path output;

  GetCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    StorageLocation location = at(url, StorageRole.SUBJECT);
    if (json) {
      describe(location);
      return ExitCodes.OK;
    }
    byte[] content = location.format().isPresent() ? content(location) : decoded(location);
    if (output != null) {
      write(content, output);
    } else if (!terminal.outIsTerminal()) {
      terminal.bytes(content);
    } else {
      String text = text(content);
      terminal.line(text != null ? text : new String(decoded(location), StandardCharsets.UTF_8));
    }
    return ExitCodes.OK;
  }

  private byte[] content(StorageLocation location) {
    try (Storage<byte[]> storage = location.contents()) {
      return storage.require(key);
    }
  }

  private byte[] decoded(StorageLocation location) {
    try (Storage<Object> storage = location.values()) {
      return Json.text(storage.require(key)).getBytes(StandardCharsets.UTF_8);
    }
  }

  private void describe(StorageLocation location) {
    try (Storage<Object> storage = location.values()) {
      Entry<Object> entry =
          storage
              .entry(key)
              .orElseThrow(
                  () -> new KeyNotFoundException("there is no %s in %s".formatted(key, location)));
      terminal.line(
          new Json()
              .with("key", key)
              .with("writtenAt", entry.writtenAt())
              .with("expiresAt", entry.expiresAt())
              .withValue("value", entry.value())
              .toString());
    }
  }

  /** Returns a text that a terminal shows as it is, or null. */
  private static @Nullable String text(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.lines()
              .allMatch(
                  line -> Texts.shown(line.replace('\t', ' ')).equals(line.replace('\t', ' ')))
          ? text.stripTrailing()
          : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static void write(byte[] content, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UsageException("%s is a directory: name a file".formatted(file));
    }
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(file, e), e);
    }
  }
}
