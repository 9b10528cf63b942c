package io.jstorage.cli;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.Copier;
import io.jstorage.cli.copy.Outcome.Kind;
import io.jstorage.cli.copy.Source;
import io.jstorage.cli.copy.Source.Conversion;
import io.jstorage.cli.copy.Tally;
import io.jstorage.cli.copy.Target;
import io.jstorage.cli.location.Format;
import io.jstorage.cli.location.FormatCodec;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.Progress;
import io.jstorage.cli.terminal.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The common part of copying and synchronizing. */
abstract class TransferCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "The storage that is read.")
  String sourceUrl = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "The storage that is written; made if need be.")
  String targetUrl = "";

  @Option(names = "--prefix", description = "Only keys that start with this.")
  String prefix = "";

  @Option(
      names = {"-n", "--dry-run"},
      description = "Write nothing, and say what would be written.")
  boolean dryRun;

  @Option(names = "--jobs", description = "How many threads (${DEFAULT-VALUE}).")
  int jobs = 8;

  @Option(
      names = "--max-failures",
      paramLabel = "N",
      description = "Give up after so many failures (${DEFAULT-VALUE}).")
  long mostFailures = 100;

  @Option(
      names = "--lossy",
      description = "Also copy values that the target's codec brings back as others.")
  boolean lossy;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write each failure to a file, as a line of JSON.")
  @Nullable Path reportFile;

  private final List<FormatCodec> codecs = new ArrayList<>();

  TransferCommand(Context context) {
    super(context);
  }

  /** Whether another entry under the same key stays. */
  abstract boolean keepExisting();

  /** Deletes what the source lacks, if that is asked for. */
  abstract void deleteOthers(Copier<?> copier, Target target, Storage<?> source);

  /** The task in a word. */
  abstract String task();

  @Override
  public Integer call() throws IOException {
    StorageLocation source = at(sourceUrl, StorageRole.SOURCE);
    StorageLocation target = at(targetUrl, StorageRole.TARGET);
    Format from = source.requireFormat();
    Format to = target.requireFormat();
    if (jobs < 1) {
      throw new UsageException("--jobs must be at least 1");
    }
    if (from.equals(to)) {
      try (Storage<byte[]> bytes = source.raw()) {
        return transfer(bytes, (key, value) -> value, target);
      }
    }
    try (Storage<Object> values = source.values()) {
      return transfer(values, conversion(target), target);
    } finally {
      codecs.forEach(FormatCodec::close);
    }
  }

  /** Each thread has a codec of its own. */
  private Conversion<Object> conversion(StorageLocation target) {
    ThreadLocal<FormatCodec> own =
        ThreadLocal.withInitial(
            () -> {
              FormatCodec codec = target.formatCodec();
              synchronized (codecs) {
                codecs.add(codec);
              }
              return codec;
            });
    own.get(); // A format that is not there is found out now.
    return (key, value) -> {
      byte[] bytes = own.get().encode(key, value);
      Object back = own.get().decode(key, bytes);
      if (!lossy && !Objects.deepEquals(back, value)) {
        throw new CodecException(
            "the target's codec '%s' brings the value back as another one (--lossy copies it anyway)"
                .formatted(target.requireFormat()));
      }
      return bytes;
    };
  }

  private <V> int transfer(
      Storage<V> from, Conversion<V> conversion, StorageLocation targetLocation)
      throws IOException {
    AtomicBoolean ended = new AtomicBoolean();
    StorageException broken = null;
    try (Storage<byte[]> to = dryRun ? targetLocation.rawForReading() : targetLocation.raw();
        FailureReport report = new FailureReport(terminal, json, reportFile)) {
      Target target = new Target(to, keepExisting(), dryRun);
      Copier<V> copier;
      try (Progress progress = Progress.on(terminal, task(), -1)) {
        copier =
            new Copier<>(
                new Source<>(from, conversion),
                target,
                new Copier.Settings(prefix, jobs, mostFailures),
                (key, outcome) -> report.add(key, String.valueOf(outcome.reason())),
                progress::step);
        context.interrupts().onInterrupt(copier::stop);
        if (terminal.errIsTerminal()) {
          countInBackground(from, progress, ended);
        }
        try {
          copier.run();
          deleteOthers(copier, target, from);
        } catch (StorageException e) {
          broken = e; // The keys cannot be listed any further.
        }
      } finally {
        ended.set(true); // Or closing would wait for the count.
      }
      int code = summary(copier, report, broken != null);
      if (broken != null && !context.interrupts().haveFired()) {
        terminal.note("The same command again goes on from here.");
        throw broken;
      }
      return code;
    }
  }

  /** For the remaining time; that the count fails is no reason to stop. */
  private void countInBackground(Storage<?> from, Progress progress, AtomicBoolean ended) {
    Thread counter =
        new Thread(
            () -> {
              try (var keys = from.keys(prefix)) {
                long count = keys.takeWhile(key -> !ended.get()).count();
                if (!ended.get()) {
                  progress.total(count);
                }
              } catch (RuntimeException e) {
                return;
              }
            },
            "jstorage-count");
    counter.setDaemon(true);
    counter.start();
  }

  private int summary(Copier<?> copier, FailureReport report, boolean broken) {
    Tally tally = copier.tally();
    boolean interrupted = context.interrupts().haveFired();
    boolean gaveUp = broken || copier.wasStopped();
    long failed = tally.of(Kind.FAILED);
    if (json) {
      terminal.line(
          new Json()
              .with("event", interrupted ? "interrupted" : gaveUp ? "gaveUp" : "done")
              .with("dryRun", dryRun)
              .with("copied", tally.of(Kind.WRITTEN))
              .with("bytes", tally.bytes())
              .with("same", tally.of(Kind.SAME))
              .with("kept", tally.of(Kind.KEPT))
              .with("expired", tally.of(Kind.EXPIRED))
              .with("gone", tally.of(Kind.GONE))
              .with("deleted", tally.deleted())
              .with("deadlinesDropped", tally.deadlinesDropped())
              .with("failed", failed)
              .toString());
    } else {
      report.show();
      terminal.line(text(tally));
      if (tally.deadlinesDropped() > 0) {
        terminal.note(
            "%s with a deadline never expire in the target, which keeps no deadlines."
                .formatted(Texts.entries(tally.deadlinesDropped())));
      }
    }
    if (interrupted) {
      terminal.note("Interrupted. The same command again goes on from here.");
      return ExitCodes.INTERRUPTED;
    }
    if (copier.wasStopped()) {
      terminal.note(
          "Gave up after %s. The same command again goes on from here."
              .formatted(Texts.count(failed, "failure", "failures")));
    }
    return failed == 0 ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private String text(Tally tally) {
    StringBuilder text =
        new StringBuilder(
            "%s %s (%s)"
                .formatted(
                    dryRun ? "Would copy" : "Copied",
                    Texts.entries(tally.of(Kind.WRITTEN)),
                    Texts.size(tally.bytes())));
    add(text, tally.of(Kind.SAME), "were there already");
    add(text, tally.of(Kind.KEPT), "differ and were kept");
    add(text, tally.of(Kind.EXPIRED), "expired");
    add(text, tally.of(Kind.GONE), "were removed meanwhile");
    add(text, tally.deleted(), dryRun ? "would be deleted" : "deleted");
    add(text, tally.of(Kind.FAILED), "failed");
    return text.append('.').toString();
  }

  private static void add(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(Texts.number(count)).append(' ').append(what);
    }
  }
}
