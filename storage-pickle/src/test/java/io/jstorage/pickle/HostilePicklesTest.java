package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.jvm.Cost;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile and damaged pickles: each is refused with a reason, or read, and none costs much. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePicklesTest {
  private static final Map<String, byte[]> ALL = HostilePickles.all();
  private static final Duration MAX_TIME = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 64L << 20;
  private static final int MUTANTS = 20_000;

  private final PickleCodec<Object> codec = PickleCodec.untyped();

  static Set<String> names() {
    return ALL.keySet();
  }

  /** Returns false if the bytes are refused, which has no other form than an IOException. */
  private boolean decode(byte[] bytes) {
    try {
      return codec.decode(bytes) != null;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.isBlank() || message.length() > 1_000 || !isPrintable(message)) {
        throw new AssertionError("no message for a person: " + message);
      }
      return false;
    }
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '…');
  }

  @BeforeAll
  void warmUp() {
    for (int i = 0; i < 3; i++) {
      ALL.values().forEach(this::decode);
    }
  }

  private void assertCheap(byte[] bytes, String name) throws Exception {
    assertThat(Durations.shortest(MAX_TIME, () -> processorTimeToDecodeInLittleMemory(bytes, name)))
        .as("time for '%s' of %d bytes", name, bytes.length)
        .isLessThan(MAX_TIME);
  }

  private Duration processorTimeToDecodeInLittleMemory(byte[] bytes, String name) {
    Cost cost = Cost.of(() -> decode(bytes));
    assertThat(cost.allocatedBytes())
        .as("bytes allocated for '%s' of %d bytes", name, bytes.length)
        .isLessThanOrEqualTo(MAX_BYTES);
    return cost.processorTime();
  }

  @Test
  void thereAreHundreds() {
    assertThat(ALL).hasSizeGreaterThan(350);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachIsRefusedAtOnce(String name) throws Exception {
    byte[] pickle = Objects.requireNonNull(ALL.get(name));
    assertThat(decode(pickle)).as(name).isFalse();
    assertCheap(pickle, name);
  }

  @Test
  void manyMutantsAreNoMoreDangerous() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds = new ArrayList<>(ALL.values());
    RealPickles.ALL.forEach(pickle -> seeds.add(pickle.bytes()));
    seeds.removeIf(each -> each.length > 2_000);
    for (int i = 0; i < MUTANTS; i++) {
      assertCheap(mutate(seeds.get(random.nextInt(seeds.size())), random), "seed " + seed);
    }
  }

  /** Changes bytes, cuts, repeats a piece, or puts a piece of another place in. */
  private static byte[] mutate(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(1, 5); n > 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(1, bytes.length - at + 1);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
          System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
          bytes = longer;
        }
        default -> {
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  @Test
  void everyTruncationOfARealPickleIsRefused() {
    for (RealPickles pickle : oneOfEach()) {
      byte[] whole = pickle.bytes();
      for (int cut = 1; cut <= Math.min(whole.length, 200); cut++) {
        for (int length : new int[] {cut - 1, whole.length - cut}) {
          if (decode(Arrays.copyOf(whole, length))) {
            throw new AssertionError("%s cut to %d".formatted(pickle, length));
          }
        }
      }
    }
  }

  @Test
  void everyFlippedBitOfARealPickleIsReadOrRefused() {
    int tried = 0;
    int refused = 0;
    for (RealPickles pickle : oneOfEach()) {
      byte[] whole = pickle.bytes();
      if (whole.length <= 100) {
        tried++;
        for (int bit = 0; bit < whole.length * 8; bit++) {
          byte[] flipped = whole.clone();
          flipped[bit / 8] ^= (byte) (1 << (bit % 8));
          refused += decode(flipped) ? 0 : 1;
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
    assertThat(refused).isGreaterThan(50_000);
  }

  /**
   * One pickle of each value in each protocol, as those of other writers differ in numbers only.
   */
  private static List<RealPickles> oneOfEach() {
    Set<String> seen = new HashSet<>();
    return RealPickles.ALL.stream()
        .filter(pickle -> seen.add(pickle.name() + pickle.writers().charAt(0)))
        .toList();
  }

  @Test
  void anyBytesAfterTheEndAreRefused() {
    for (RealPickles pickle : RealPickles.ALL) {
      byte[] longer = Arrays.copyOf(pickle.bytes(), pickle.bytes().length + 1);
      for (char more : new char[] {0, '.', 'N'}) {
        longer[longer.length - 1] = (byte) more;
        assertThat(decode(longer)).isFalse();
      }
    }
  }

  /** A hash table puts keys of one class in order, however many have one hash code. */
  @Test
  void textsOfOneHashCodeAreReadQuickly() throws Exception {
    HostilePickles texts = HostilePickles.of("\u008f(");
    texts.times(65_536, i -> texts.text(HostilePickles.sameHashText(i)));
    byte[] pickle = texts.then("\u0090").end();
    assertThat((Set<?>) codec.decode(pickle)).hasSize(65_536);
    HostilePickles tuples = HostilePickles.of("\u008f(");
    tuples.times(65_536, i -> tuples.text(HostilePickles.sameHashText(i)).then("\u0085"));
    byte[] ofTuples = tuples.then("\u0090").end();
    assertThat((Set<?>) codec.decode(ofTuples)).hasSize(65_536);
    for (byte[] each : List.of(pickle, ofTuples)) {
      assertThat(Durations.shortest(MAX_TIME, () -> Cost.of(() -> decode(each)).processorTime()))
          .isLessThan(MAX_TIME);
    }
  }

  @Test
  void aRefusalSaysWhatAndWhere() {
    assertThatThrownBy(() -> codec.decode(HostilePickles.of("]cos\nsystem\n)R").end()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the pickle names os.system, which is none of the types of data that are read, at byte 1");
    assertThatThrownBy(() -> codec.decode(HostilePickles.of("](NX").u4(5).then("ab").end()))
        .hasMessage("the pickle is cut short: it claims 5 bytes at byte 8, and has 3, at byte 3");
    byte[] name = HostilePickles.of("c\u001b[31m\u0000" + "x".repeat(1_000) + "\ny\n)R").end();
    assertThatThrownBy(() -> codec.decode(name))
        .hasMessageContaining("the pickle names \\u001b[31m\\u0000xxx")
        .message()
        .hasSizeLessThan(200);
    byte[] date =
        HostilePickles.of("}")
            .text("a")
            .then("](Ncdatetime\ndate\nC\u0004\u0007\u00e8\r\u0001\u0085Res")
            .end();
    assertThatThrownBy(() -> codec.decode(date))
        .hasMessageStartingWith("datetime.date has no such value: Invalid value for MonthOfYear")
        .hasMessageEndingWith(", in the value's ['a'][1]");
  }

  /** Started by the test below. */
  static final class Small {
    public static void main(String[] args) {
      HostilePicklesTest test = new HostilePicklesTest();
      ALL.forEach((name, pickle) -> assertThat(test.decode(pickle)).as(name).isFalse());
      for (String opcode :
          List.of(
              "]",
              ")",
              "}",
              "(",
              "\u008f",
              "N2",
              "]2",
              "J1234",
              "(l",
              "(\u0091",
              "X\u0001\u0000\u0000\u0000a",
              "]\u0094")) {
        byte[] many =
            opcode.repeat(250_000 / opcode.length()).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(test.decode(many)).as(opcode).isFalse();
      }
      boolean small = Runtime.getRuntime().maxMemory() <= 64L << 20;
      System.out.println("refused in a small heap: " + small);
    }
  }

  @Test
  void allAreRefusedInASmallHeap() throws Exception {
    assertThat(OtherJvm.outputOf("-Xmx64m", Small.class))
        .containsExactly("refused in a small heap: true");
  }
}
