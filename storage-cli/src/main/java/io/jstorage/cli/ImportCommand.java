package io.jstorage.cli;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.cli.copy.Target;
import io.jstorage.cli.location.FormatCodec;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.pystorage.Conversions.NotANumber;
import io.jstorage.cli.pystorage.Importer;
import io.jstorage.cli.pystorage.PyFormat;
import io.jstorage.cli.pystorage.Status;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Progress;
import io.jstorage.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings over what pystorage wrote. */
@Command(
    name = "import-pystorage",
    description = {
      "Imports the files that pystorage wrote.",
      "Reads those in directories below too, and lists each file with what became of it. No file is changed."
    })
final class ImportCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "DIR", description = "The directory that pystorage had.")
  Path directory = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "The storage that is written; made if need be.")
  String url = "";

  @Option(
      names = "--format",
      split = ",",
      description = "Only files of these formats: ${COMPLETION-CANDIDATES}.")
  List<PyFormat> formats = new ArrayList<>();

  @Option(
      names = "--suffix",
      paramLabel = "FORMAT=SUFFIX",
      description = "The suffix of a format's files, if it is not pystorage's.")
  Map<PyFormat, String> suffixes = new LinkedHashMap<>();

  @Option(
      names = "--volatile",
      paramLabel = "TIME",
      description = "The entries are volatile, pairs of a time and a value, and live so long.")
  @Nullable String lifetime;

  @Option(
      names = "--nan",
      description = "How to treat NaN and infinite numbers: ${COMPLETION-CANDIDATES}.")
  NotANumber notANumber = NotANumber.KEEP;

  /** The treatment of a name that an object of JSON has twice. */
  enum Duplicates {
    REFUSE,
    LAST
  }

  /** The meaning of a string of Python 2. */
  enum Python2 {
    ASCII,
    UTF8,
    LATIN1,
    BYTES
  }

  @Option(
      names = "--duplicates",
      description = "How to treat a JSON object with a name twice: ${COMPLETION-CANDIDATES}.")
  Duplicates duplicates = Duplicates.REFUSE;

  @Option(
      names = "--python2",
      description = "How to read a str of Python 2 in a pickle: ${COMPLETION-CANDIDATES}.")
  Python2 python2 = Python2.ASCII;

  @Option(
      names = "--lossy",
      description = "Also import values that the target's codec brings back as others.")
  boolean lossy;

  @Option(names = "--overwrite", description = "Replace other values in the target.")
  boolean overwrite;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Write nothing, and say what would be written.")
  boolean dryRun;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not list what was imported as it is.")
  boolean quiet;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what became of each file to a file, as a line of JSON.")
  @Nullable Path reportFile;

  private final Map<Status, Long> counts = new EnumMap<>(Status.class);

  ImportCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("%s is no directory".formatted(directory));
    }
    Duration lives = lifetime == null ? null : TimeOption.parse("--volatile", lifetime);
    Importer.Settings settings =
        new Importer.Settings(
            suffixes(),
            lives,
            notANumber,
            duplicates == Duplicates.LAST,
            lossy,
            python2.name().toLowerCase(Locale.ROOT));
    StorageLocation location = at(url, StorageRole.TARGET);
    refuseTheSource(location);
    try (Storage<byte[]> storage = dryRun ? location.rawForReading() : location.raw();
        FormatCodec format = location.formatCodec();
        ReportFile report = new ReportFile(reportFile);
        Progress progress = Progress.on(terminal, "import", -1)) {
      Target target = new Target(storage, !overwrite, dryRun);
      boolean expires = storage.capabilities().contains(Capability.EXPIRY);
      try (Importer importer =
          new Importer(
              settings,
              target,
              expires,
              format,
              (name, key, status, reason) -> {
                progress.step(1);
                show(name, key, status, reason, report);
              })) {
        context.interrupts().onInterrupt(importer::stop);
        importer.run(directory.toRealPath());
      }
    }
    return summary();
  }

  private Map<PyFormat, String> suffixes() {
    Map<PyFormat, String> all = new EnumMap<>(PyFormat.class);
    for (PyFormat format : formats.isEmpty() ? List.of(PyFormat.values()) : formats) {
      String given = suffixes.get(format);
      all.put(format, given == null ? format.suffix() : "." + given.replaceFirst("^\\.", ""));
    }
    return all;
  }

  /** Entries written there would be read again, and the source must not be changed. */
  private void refuseTheSource(StorageLocation location) throws IOException {
    Path target = location.directory().orElse(null);
    if (target != null
        && Files.exists(target)
        && target.toRealPath().startsWith(directory.toRealPath())) {
      throw new UsageException(
          "the target %s is in the directory that is imported, of which nothing is changed: choose another one"
              .formatted(location));
    }
    if (target != null
        && target.toAbsolutePath().normalize().startsWith(directory.toAbsolutePath().normalize())) {
      throw new UsageException(
          "the target %s would be in the directory that is imported: choose another one"
              .formatted(location));
    }
  }

  private void show(
      String name,
      @Nullable String key,
      Status status,
      @Nullable String reason,
      ReportFile report) {
    counts.merge(status, 1L, Long::sum);
    Json object =
        new Json()
            .with("event", "file")
            .with("file", name)
            .with("key", key)
            .with("status", status)
            .with("reason", reason);
    report.write(object);
    if (!quiet || (status != Status.IMPORTED && status != Status.PRESENT)) {
      print(
          object,
          "%-9s  %s%s"
              .formatted(
                  status, Texts.shown(name), reason == null ? "" : ": " + Texts.shown(reason)));
    }
  }

  private int summary() {
    boolean interrupted = context.interrupts().haveFired();
    Json object =
        new Json().with("event", interrupted ? "interrupted" : "done").with("dryRun", dryRun);
    List<String> parts = new ArrayList<>();
    for (Status status : Status.values()) {
      long count = counts.getOrDefault(status, 0L);
      object.with(status.toString(), count);
      parts.add(count + " " + status);
    }
    print(object, (dryRun ? "Would be: " : "") + String.join(", ", parts) + ".");
    if (interrupted) {
      terminal.note("Interrupted. The same command again goes on from here.");
      return ExitCodes.INTERRUPTED;
    }
    return counts.getOrDefault(Status.REFUSED, 0L) == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
