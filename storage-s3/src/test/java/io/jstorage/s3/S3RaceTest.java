package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Together;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads of several storages that want the same. */
@Timeout(300)
class S3RaceTest {
  private static final int THREADS = 16;
  private static final int RACES = Integer.getInteger("jstorage.s3.races", 50);

  @RegisterExtension final TestBucket bucket = new TestBucket();

  private List<Storage<String>> storages;

  @BeforeEach
  void open() {
    storages =
        List.of(bucket.store().storage(Codecs.text()), bucket.store().storage(Codecs.text()));
  }

  @AfterEach
  void close() {
    storages.forEach(Storage::close);
  }

  private Storage<String> storage(int number) {
    return storages.get(number % storages.size());
  }

  private String value() {
    return storage(0).require("k");
  }

  private Version version() {
    return storage(0).entry("k").flatMap(Entry::version).orElseThrow();
  }

  @Test
  void putIfAbsentHasOneWinner() throws Exception {
    for (int race = 0; race < RACES; race++) {
      String key = "race " + race;
      List<Boolean> won =
          Together.call(THREADS, number -> storage(number).putIfAbsent(key, "by " + number));
      assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      assertThat(storage(0).get(key)).hasValue("by " + won.indexOf(true));
    }
  }

  @Test
  void replaceHasOneWinner() throws Exception {
    storage(0).put("k", "first");
    for (int race = 0; race < RACES; race++) {
      Version seen = version();
      String inRace = race + " by ";
      List<Boolean> won =
          Together.call(THREADS, number -> storage(number).replace("k", seen, inRace + number));
      assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      assertThat(value()).isEqualTo(inRace + won.indexOf(true));
    }
  }

  @Test
  void removeHasOneWinner() throws Exception {
    for (int race = 0; race < RACES; race++) {
      storage(0).put("k", "in race " + race);
      Version seen = version();
      boolean byVersion = race % 2 == 0;
      List<Boolean> won =
          Together.call(
              THREADS,
              number ->
                  byVersion ? storage(number).remove("k", seen) : storage(number).remove("k"));
      assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      assertThat(storage(0).contains("k")).isFalse();
    }
  }

  @Test
  void everyPutThatIsRemovedIsRemovedOnce() throws Exception {
    int puts = RACES / 8;
    List<Integer> counts =
        Together.call(
            THREADS,
            number -> {
              int count = 0;
              for (int i = 0; i < puts; i++) {
                if (number % 2 == 0) {
                  count += storage(number).putIfAbsent("k", number + " " + i) ? 1 : 0;
                } else {
                  count -= storage(number).remove("k") ? 1 : 0;
                }
              }
              return count;
            });
    int left = counts.stream().mapToInt(Integer::intValue).sum();
    assertThat(storage(0).size()).isEqualTo(left);
  }
}
