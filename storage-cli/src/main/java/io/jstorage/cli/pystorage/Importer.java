package io.jstorage.cli.pystorage;

import io.jstorage.CodecException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.cli.copy.Item;
import io.jstorage.cli.copy.Outage;
import io.jstorage.cli.copy.Outcome;
import io.jstorage.cli.copy.Target;
import io.jstorage.cli.location.FormatCodec;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files of a pystorage and writes their values to a storage. Changes no file. */
public final class Importer implements AutoCloseable {
  private static final int BATCH = 200;
  private static final long BATCH_BYTES = 4 << 20;

  /** Batches in a row after which no other is tried. */
  private static final int MOST_AWAY = 2;

  private final Settings settings;
  private final Target target;
  private final FormatCodec format;
  private final boolean targetExpires;
  private final Report report;
  private final Conversions conversions;
  private final Map<PyFormat, FormatCodec> readers = new EnumMap<>(PyFormat.class);
  private final Outage outage = new Outage(MOST_AWAY);
  private volatile boolean stopped;

  /**
   * How to read.
   *
   * @param suffixes what the names of each format end in; formats that are absent are not read
   * @param lifetime how long a volatile entry lives after it was written; null if entries are plain
   * @param notANumber what becomes of NaN
   * @param lastDuplicate whether the last of equal names in an object of JSON counts
   * @param lossy whether values are imported that the target brings back as others
   * @param python2 what a string of Python 2 is
   */
  public record Settings(
      Map<PyFormat, String> suffixes,
      @Nullable Duration lifetime,
      Conversions.NotANumber notANumber,
      boolean lastDuplicate,
      boolean lossy,
      String python2) {}

  /** Is told what became of each file. */
  @FunctionalInterface
  public interface Report {
    /** Reports one file. */
    void file(String name, @Nullable String key, Status status, @Nullable String reason);
  }

  /** Something about a file that keeps it from being imported. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(@Nullable String message) {
      super(message);
    }
  }

  /** An item with the file that it is from, how it was converted, and what else there is to say. */
  private record Prepared(
      PyFile file, Item item, @Nullable String conversion, @Nullable String remark) {}

  public Importer(
      Settings settings, Target target, boolean targetExpires, FormatCodec format, Report report) {
    this.settings = settings;
    this.target = target;
    this.targetExpires = targetExpires;
    this.format = format;
    this.report = report;
    this.conversions = new Conversions(settings.notANumber());
    StorageOptions pickle = StorageOptions.of("pickle.python2", settings.python2());
    for (PyFormat each : settings.suffixes().keySet()) {
      StorageOptions options =
          each == PyFormat.JSON ? StorageOptions.of("json.mapper", mapper()) : pickle;
      readers.put(each, FormatCodec.of(each.codec, each.transforms(), options));
    }
  }

  /** Python writes more than JSON. */
  private JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonCodec.mapper().rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
    if (settings.lastDuplicate()) {
      builder.disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
    return builder.build();
  }

  /** Begins no other batch. */
  public void stop() {
    stopped = true;
  }

  /** Imports all files of a directory and those below it. */
  public void run(Path directory) throws IOException {
    List<Prepared> batch = new ArrayList<>();
    long bytes = 0;
    for (PyFile file : new PyDirectory(directory, settings.suffixes()).files()) {
      if (stopped) {
        break;
      }
      Prepared prepared = prepare(file);
      if (prepared != null) {
        batch.add(prepared);
        bytes += prepared.item().bytes().length;
      }
      if (batch.size() >= BATCH || bytes >= BATCH_BYTES) {
        write(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
    }
    write(batch);
  }

  private @Nullable Prepared prepare(PyFile file) {
    if (file.refusal() != null) {
      report.file(file.name(), file.key(), Status.REFUSED, file.refusal());
      return null;
    }
    PyFormat pyFormat = file.format();
    String key = file.key();
    if (pyFormat == null || key == null) {
      report.file(
          file.name(),
          null,
          Status.FOREIGN,
          "its name ends in none of " + String.join(", ", settings.suffixes().values()));
      return null;
    }
    try {
      return prepare(file, key, read(file, key, pyFormat));
    } catch (Refusal e) {
      report.file(file.name(), key, Status.REFUSED, e.getMessage());
      return null;
    }
  }

  private Object read(PyFile file, String key, PyFormat pyFormat) throws Refusal {
    byte[] bytes;
    try {
      BasicFileAttributes before = attributes(file.path());
      bytes = Files.readAllBytes(file.path());
      BasicFileAttributes after = attributes(file.path());
      if (!Objects.equals(before.fileKey(), after.fileKey())
          || !before.lastModifiedTime().equals(after.lastModifiedTime())
          || before.size() != bytes.length
          || after.size() != bytes.length) {
        throw new Refusal("was changed while it was read; import it again");
      }
    } catch (IOException e) {
      throw new Refusal("cannot be read: " + e);
    } catch (OutOfMemoryError e) {
      throw new Refusal("does not fit into memory; give java a larger heap (-Xmx)");
    }
    if (pyFormat == PyFormat.JSON
        && new String(bytes, StandardCharsets.UTF_8).strip().equals("null")) {
      throw new Refusal("is None, and there is no such value here");
    }
    try {
      return Objects.requireNonNull(readers.get(pyFormat)).decode(key, bytes);
    } catch (CodecException e) {
      throw new Refusal(reason("does not decode", e));
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String reason(String what, CodecException e) {
    Throwable cause = e.getCause();
    return what + ": " + Texts.message(cause == null ? e : cause);
  }

  private @Nullable Prepared prepare(PyFile file, String key, Object stored) throws Refusal {
    List<String> changes = new ArrayList<>();
    Object value = stored;
    Instant deadline = null;
    if (settings.lifetime() != null) {
      VolatileEntry entry = VolatileEntry.of(stored);
      if (entry == null) {
        throw new Refusal("is no volatile entry: no pair of a time and a value");
      }
      value = entry.value();
      deadline = entry.writtenAt().plus(settings.lifetime());
      if (!deadline.isAfter(Instant.now())) {
        report.file(file.name(), key, Status.EXPIRED, "at " + deadline);
        return null;
      }
      if (!targetExpires) {
        changes.add("it never expires, as the target keeps no deadlines");
      }
    }
    Object converted = conversions.convert(value);
    if (converted == null) {
      throw new Refusal("is NaN or infinite, and null is no value");
    }
    if (conversions.converted()) {
      changes.add(
          "NaN or infinite numbers became "
              + (settings.notANumber() == Conversions.NotANumber.NULL ? "null" : "texts"));
    }
    byte[] bytes = encode(key, converted, changes);
    return new Prepared(
        file,
        new Item(key, bytes, deadline),
        changes.isEmpty() ? null : String.join("; ", changes),
        settings.lifetime() == null && VolatileEntry.of(stored) != null
            ? "as a list; if it is a volatile entry, --volatile TIME reads it as one"
            : null);
  }

  private byte[] encode(String key, Object value, List<String> changes) throws Refusal {
    try {
      byte[] bytes = format.encode(key, value);
      if (!Objects.deepEquals(format.decode(key, bytes), value)) {
        if (!settings.lossy()) {
          throw new Refusal(
              "the target's codec brings the value back as another one; --lossy imports it anyway");
        }
        changes.add("the target's codec brings it back as another value");
      }
      return bytes;
    } catch (CodecException e) {
      throw new Refusal(reason("the target's codec does not take it", e));
    }
  }

  private void write(List<Prepared> batch) {
    if (batch.isEmpty()) {
      return;
    }
    if (outage.isFound()) {
      // Each further try would wait for a time-out. Every file is named nevertheless.
      batch.forEach(each -> done(each, Outcome.failed("not tried, as the target is away")));
      return;
    }
    Map<String, Prepared> byKey = new HashMap<>();
    batch.forEach(each -> byKey.put(each.item().key(), each));
    try {
      boolean[] reached = {false};
      target.write(
          batch.stream().map(Prepared::item).toList(),
          (item, outcome) -> {
            reached[0] |= !outcome.away();
            done(Objects.requireNonNull(byKey.get(item.key())), outcome);
          });
      outage.count(reached[0]);
    } catch (StorageException e) {
      batch.forEach(each -> done(each, Outcome.failed(e)));
    }
  }

  private void done(Prepared prepared, Outcome outcome) {
    Status status =
        switch (outcome.kind()) {
          case WRITTEN -> prepared.conversion() == null ? Status.IMPORTED : Status.CONVERTED;
          case SAME -> Status.PRESENT;
          case EXPIRED -> Status.EXPIRED;
          case KEPT, GONE, FAILED -> Status.REFUSED;
        };
    String reason =
        switch (outcome.kind()) {
          case KEPT -> "the target has another value under this key; --overwrite replaces it";
          case WRITTEN, SAME ->
              prepared.conversion() == null ? prepared.remark() : prepared.conversion();
          default -> outcome.reason();
        };
    report.file(prepared.file().name(), prepared.item().key(), status, reason);
  }

  @Override
  public void close() {
    readers.values().forEach(FormatCodec::close);
  }
}
