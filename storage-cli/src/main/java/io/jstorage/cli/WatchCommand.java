package io.jstorage.cli;

import io.jstorage.Storage;
import io.jstorage.cli.location.StorageLocation;
import io.jstorage.cli.location.StorageRole;
import io.jstorage.cli.location.UsageException;
import io.jstorage.cli.terminal.ClosedPipeException;
import io.jstorage.cli.terminal.Json;
import io.jstorage.cli.terminal.OutputException;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows changes as they come. */
@Command(
    name = "watch",
    description = {
      "Shows the keys that change, until ctrl-C.",
      "Redis, and files on Linux, report changes by anybody. 'lost' says that any entry may have changed, until 'resumed'."
    })
final class WatchCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "URL", description = "The storage.")
  String url = "";

  @Option(names = "--prefix", description = "Only keys that start with this.")
  String prefix = "";

  @Option(names = "--count", paramLabel = "N", description = "End after so many changes.")
  long count = Long.MAX_VALUE;

  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable RuntimeException outputFailure;

  WatchCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StorageLocation location = at(url, StorageRole.SUBJECT);
    context.interrupts().onInterrupt(end::countDown);
    try (Storage<?> storage = open(location)) {
      ChangeFeed feed =
          storage
              .unwrap(ChangeFeed.class)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "%s cannot report changes; Redis can, and files on Linux"
                              .formatted(location)));
      Closeable watch = feed.watch(new Listener());
      try (watch) {
        if (terminal.errIsTerminal()) {
          terminal.note("Watching %s; ctrl-C ends it.".formatted(location));
        }
        end.await();
      }
    }
    RuntimeException failure = outputFailure;
    if (failure != null) {
      throw failure;
    }
    return ExitCodes.OK;
  }

  private final class Listener implements ChangeListener {
    private long seen;

    @Override
    public void changed(String key) {
      if (key.startsWith(prefix) && seen < count) {
        show("changed", key);
        if (++seen >= count) {
          end.countDown();
        }
      }
    }

    @Override
    public void lost() {
      show("lost", null);
    }

    @Override
    public void resumed() {
      show("resumed", null);
    }

    private void show(String event, @Nullable String key) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      try {
        print(
            new Json().with("time", now).with("event", event).with("key", key),
            "%s  %s%s".formatted(now, event, key == null ? "" : "  " + Texts.shown(key)));
        terminal.flush();
      } catch (ClosedPipeException | OutputException e) {
        outputFailure = e;
        end.countDown();
      }
    }
  }
}
