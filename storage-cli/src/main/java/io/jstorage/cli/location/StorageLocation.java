package io.jstorage.cli.location;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A storage that a URL names, before it is opened; it opens in three forms. */
public final class StorageLocation {
  private static final Option<Path> PATH = Option.path("path");

  private final StorageProvider provider;
  private final String service;
  private final StorageOptions options;
  private final Set<String> codecOptions;
  private final Set<String> transformOptions;
  private final @Nullable Format format;
  private final String shown;

  StorageLocation(
      StorageProvider provider,
      String service,
      StorageOptions options,
      Set<String> codecOptions,
      Set<String> transformOptions,
      @Nullable Format format,
      String shown) {
    this.provider = provider;
    this.service = service;
    this.options = options;
    this.codecOptions = codecOptions;
    this.transformOptions = transformOptions;
    this.format = format;
    this.shown = shown;
  }

  /** Returns how values become bytes; empty for a storage that keeps objects. */
  public Optional<Format> format() {
    return Optional.ofNullable(format);
  }

  /** Returns the format, or says that there is none. */
  public Format requireFormat() {
    if (format == null) {
      throw new UsageException(
          "%s keeps objects and no bytes: name the storage behind it by its own URL"
              .formatted(shown));
    }
    return format;
  }

  /** Opens the values, as the codec reads and writes them. */
  public Storage<Object> values() {
    return provider.create(service, options);
  }

  /** Opens what the codec reads and writes, such as a text of JSON, without transforms. */
  public Storage<byte[]> contents() {
    requireFormat();
    return provider.create(service, Codecs.bytes(), without(options, codecOptions));
  }

  /** Opens the bytes as they are stored, after transforms. */
  public Storage<byte[]> raw() {
    requireFormat();
    StorageOptions plain = without(without(options, codecOptions), transformOptions);
    return provider.create(service, Codecs.bytes(), plain.with("transforms", List.of()));
  }

  /**
   * Opens the bytes as they are stored, to be read alone: a directory that does not exist is not
   * made, and an empty storage in memory takes its place.
   */
  public Storage<byte[]> rawForReading() {
    return directory().filter(path -> !Files.exists(path)).isPresent()
        ? provider.create(StorageProvider.STORAGE_LRU, byte[].class)
        : raw();
  }

  private static StorageOptions without(StorageOptions options, Set<String> names) {
    StorageOptions fewer = options;
    for (String name : names) {
      fewer = fewer.without(name);
    }
    return fewer;
  }

  /** Returns what turns values into the bytes that are stored here, without storing them. */
  public FormatCodec formatCodec() {
    StorageOptions formatting = options;
    for (String name : options.names()) {
      if (!codecOptions.contains(name) && !transformOptions.contains(name)) {
        formatting = formatting.without(name);
      }
    }
    return new FormatCodec(requireFormat(), formatting, without(formatting, codecOptions));
  }

  /** Returns the directory of a storage of files that was given one. */
  public Optional<Path> directory() {
    return options.names().contains("path") ? Optional.of(options.get(PATH)) : Optional.empty();
  }

  /** Shows the URL without its secrets. */
  @Override
  public String toString() {
    return shown;
  }
}
