package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Version;
import io.jstorage.s3.requests.Bucket;
import io.jstorage.s3.requests.Bucket.Deletion;
import io.jstorage.s3.requests.EntityTag;
import io.jstorage.s3.requests.Lifetime;
import io.jstorage.s3.requests.Payload;
import io.jstorage.s3.requests.S3Failures;
import io.jstorage.s3.requests.Upload;
import io.jstorage.spi.Condition;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The conditions that a server decides: asserted by the user, or probed once with an object that is
 * deleted again. A probe shows that a condition is refused or ignored; it cannot show that the
 * server decides and writes in two steps. Thread-safe.
 */
final class ConditionProbe {
  /**
   * So many answers of 500 in a row to a condition are a refusal, if a plain write succeeds after
   * each. Such an answer to a write is not retried: a server that fails at one write in ten is
   * misjudged in one of 100 000 conditions.
   */
  private static final int FAILURES = 5;

  private static final int HELD = 1;
  private static final int NOT_HELD = 0;
  private static final Payload FIRST = Payload.of("first".getBytes(UTF_8));
  private static final Payload SECOND = Payload.of("second".getBytes(UTF_8));

  /** The tag of no object. */
  private static final String OTHER_TAG = "\"00000000000000000000000000000000\"";

  private static final Condition OTHER =
      Condition.version(Version.parse("00000000000000000000000000000000"));

  private final Bucket bucket;
  private final ObjectNames names;
  private final Verdict all = new Verdict(this::probeAll);
  private final Verdict deletions = new Verdict(this::probeDeletion);
  private final Verdict uploads = new Verdict(this::probeUploads);

  /**
   * Makes the probe of a server.
   *
   * @param said what the user says of it, or null
   */
  ConditionProbe(Bucket bucket, ObjectNames names, @Nullable Conditional said) {
    this.bucket = bucket;
    this.names = names;
    if (said != null) {
      Found known =
          new Found(
              said == Conditional.ASSERT
                  ? null
                  : "the option 'conditional' says that its server decides no conditions");
      all.found = known;
      deletions.found = known;
      uploads.found = known;
    }
  }

  /** The feature that the server lacks, or null. */
  private record Found(@Nullable String lack) {}

  /** A set of conditions, and what the server lacks of them. */
  private final class Verdict {
    private final Probe probe;
    private final ReentrantLock probing = new ReentrantLock();
    private volatile @Nullable Found found;

    Verdict(Probe probe) {
      this.probe = probe;
    }

    @Nullable String lack() throws IOException {
      Found known = found;
      if (known != null) {
        return known.lack();
      }
      probing.lock();
      try {
        known = found;
        if (known == null) {
          known = new Found(onProbeObject(probe));
          found = known;
        }
        return known.lack();
      } finally {
        probing.unlock();
      }
    }
  }

  /** Probes for conditions that the server lacks, with an object of a given name. */
  @FunctionalInterface
  private interface Probe {
    @Nullable String run(String name) throws IOException;
  }

  /** Returns why the store is not ATOMIC, or null if it is; the first time by a dozen requests. */
  @Nullable String lack() throws IOException {
    return all.lack();
  }

  /** Returns why nothing is deleted by its entity tag, or null if it is. */
  @Nullable String lackOfDeletion() throws IOException {
    return deletions.lack();
  }

  /** Returns why no upload in parts is conditional, or null if it is. */
  @Nullable String lackOfUploads() throws IOException {
    return uploads.lack();
  }

  private @Nullable String onProbeObject(Probe probe) throws IOException {
    String name = names.newReservedName("probe");
    String lack;
    try {
      lack = probe.run(name);
    } catch (IOException e) {
      try {
        bucket.delete(name, null);
      } catch (IOException e2) {
        e.addSuppressed(e2);
      }
      throw e;
    }
    bucket.delete(name, null);
    return lack;
  }

  private @Nullable String probeAll(String name) throws IOException {
    String lack = probeWrites(name);
    if (lack == null) {
      lack = probeDeletion(name);
    }
    return lack != null ? lack : probeAbsent(name);
  }

  private @Nullable String probeWrites(String name) throws IOException {
    String ofAbsent = "If-None-Match of PUT";
    String ofTag = "If-Match of PUT";
    int created = ask(name, () -> put(name, FIRST, Condition.ABSENT));
    if (created != HELD) {
      return lackOf(created, ofAbsent);
    }
    int again = ask(name, () -> put(name, SECOND, Condition.ABSENT));
    if (again != NOT_HELD) {
      return lackOf(again, ofAbsent);
    }
    String tag = tag(name);
    if (!EntityTag.isStrong(tag) || tag == null) {
      return "the server answers no strong entity tag";
    }
    int other = ask(name, () -> put(name, SECOND, OTHER));
    if (other != NOT_HELD) {
      return lackOf(other, ofTag);
    }
    Condition same = Condition.version(EntityTag.toVersion(tag));
    int replaced = ask(name, () -> put(name, SECOND, same));
    return replaced == HELD ? null : lackOf(replaced, ofTag);
  }

  private @Nullable String probeDeletion(String name) throws IOException {
    put(name, FIRST, Condition.NONE);
    String tag = tag(name);
    if (!EntityTag.isStrong(tag)) {
      return "the server answers no strong entity tag";
    }
    int other = ask(name, () -> bucket.delete(name, OTHER_TAG) == Deletion.DONE);
    if (other != NOT_HELD) {
      return lackOf(other, "If-Match of DELETE");
    }
    int same = ask(name, () -> bucket.delete(name, tag) == Deletion.DONE);
    return same == HELD ? null : lackOf(same, "If-Match of DELETE");
  }

  /** Probes conditions on an object that does not exist, as {@link #probeDeletion} leaves it. */
  private @Nullable String probeAbsent(String name) throws IOException {
    int deleted = ask(name, () -> bucket.delete(name, OTHER_TAG) == Deletion.DONE);
    if (deleted == HELD) {
      return "the server reports that it deleted, by If-Match of DELETE, an object that does not exist";
    }
    int replaced = ask(name, () -> put(name, SECOND, OTHER));
    return replaced == NOT_HELD ? null : lackOf(replaced, "If-Match of PUT");
  }

  private @Nullable String probeUploads(String name) throws IOException {
    put(name, FIRST, Condition.NONE);
    int absent = ask(name, () -> upload(name, Condition.ABSENT));
    if (absent != NOT_HELD) {
      return lackOf(absent, "If-None-Match of CompleteMultipartUpload");
    }
    int other = ask(name, () -> upload(name, OTHER));
    return other == NOT_HELD ? null : lackOf(other, "If-Match of CompleteMultipartUpload");
  }

  private boolean put(String name, Payload payload, Condition condition) throws IOException {
    return bucket.put(name, payload, Lifetime.UNLIMITED, condition);
  }

  private boolean upload(String name, Condition condition) throws IOException {
    try (Upload upload = Upload.start(bucket, name, Lifetime.UNLIMITED)) {
      upload.add(1, SECOND);
      return upload.complete(condition);
    }
  }

  private @Nullable String tag(String name) throws IOException {
    HeadObjectResponse head = bucket.head(name);
    return head == null ? null : head.eTag();
  }

  /** A request with a condition. */
  @FunctionalInterface
  private interface Question {
    boolean holds() throws IOException;
  }

  /**
   * Returns {@link #HELD}, {@link #NOT_HELD} or the status by which the server refused the
   * condition. A failure on the server's side is a refusal only if it comes each time while the
   * server takes plain writes; otherwise it shows nothing.
   */
  private int ask(String name, Question question) throws IOException {
    IOException first = null;
    for (int failures = 0; failures < FAILURES; failures++) {
      try {
        boolean holds = question.holds();
        if (first != null) {
          throw first;
        }
        return holds ? HELD : NOT_HELD;
      } catch (IOException e) {
        int status = S3Failures.refusalOf(e);
        if (e == first || status == 0) {
          throw e;
        }
        if (status != 500) {
          return status;
        }
        first = first == null ? e : first;
        put(name, FIRST, Condition.NONE);
      }
    }
    return 500;
  }

  private static String lackOf(int answer, String condition) {
    return switch (answer) {
      case HELD -> "the server ignores " + condition;
      case NOT_HELD -> "the server finds that " + condition + " does not hold where it does";
      default -> "the server answers " + answer + " to " + condition;
    };
  }
}
