package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.ByteTransform;
import io.jstorage.jvm.Cost;
import io.jstorage.jvm.OtherJvm;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class GzipBadInputTest {
  private static final byte[] PLAIN = Gzip.text(400);
  private static final byte[] CODED = Gzip.zip(PLAIN);
  private static final byte[] BOMB = Gzip.zipOfZeros(512);

  private final ByteTransform gzip = GzipTransform.of();

  private void assertRefused(byte[] coded, String... reason) {
    assertThatThrownBy(() -> gzip.invert("k", coded))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(reason);
  }

  /** Fails within the memory of the caller, too: it makes no array for more than one member. */
  private void assertRefusedWithoutAllocating(byte[] bomb, String... reason) {
    assertRefused(bomb, reason); // Once before, as the first assertion loads classes.
    Cost cost = Cost.of(() -> assertRefused(bomb, reason));
    assertThat(cost.allocatedBytes()).isLessThan(2 << 20);
  }

  @Test
  void bytesThatAreNoGzipAreRefusedAsSuch() {
    assertRefused(new byte[0], "not in gzip format");
    assertRefused(new byte[] {0x1f}, "not in gzip format");
    assertRefused(Gzip.text(20), "not in gzip format");
    assertRefused(Gzip.random(1000), "not in gzip format");
  }

  @Test
  void dataThatIsCutShortAnywhereIsSaidToBe() {
    byte[] withFields = Gzip.zipWithAllHeaderFields(PLAIN, 0);
    for (byte[] whole : new byte[][] {CODED, withFields}) {
      for (int length = 2; length < whole.length; length++) {
        assertRefused(Arrays.copyOf(whole, length), "cut short after " + length + " bytes");
      }
    }
  }

  @Test
  void aSecondMemberThatIsCutShortIsSaidToBe() {
    byte[] whole = Gzip.concat(CODED, CODED);
    for (int length = CODED.length + 2; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "cut short");
    }
  }

  @Test
  void anythingAfterTheEndIsRefused() {
    assertRefused(Gzip.concat(CODED, new byte[1]), "1 bytes after the end");
    assertRefused(Gzip.concat(CODED, new byte[512]), "512 bytes after the end");
    assertRefused(Gzip.concat(CODED, Gzip.text(7)), "7 bytes after the end");
  }

  @Test
  void noChangedBitYieldsAnotherValue() throws IOException {
    int refused = 0;
    for (int bit = 0; bit < CODED.length * 8; bit++) {
      byte[] changed = CODED.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(gzip.invert("k", changed)).isEqualTo(PLAIN);
      } catch (IOException e) {
        refused++;
      }
    }
    // Time, extra flags and system, six bytes of the header, mean nothing; nor does the text flag.
    assertThat(refused).isGreaterThanOrEqualTo((CODED.length - 6) * 8 - 8);
  }

  @Test
  void unknownMethodsFlagsAndHeaderChecksumsAreRefused() {
    byte[] method = CODED.clone();
    method[2] = 7;
    assertRefused(method, "unknown compression method or flag");
    byte[] flag = CODED.clone();
    flag[3] = 0x20;
    assertRefused(flag, "unknown compression method or flag");
    assertRefused(Gzip.zipWithAllHeaderFields(PLAIN, 1), "checksum of the gzip header");
  }

  @Test
  void aWrongChecksumOrLengthIsRefused() {
    byte[] checksum = CODED.clone();
    checksum[CODED.length - 8]++;
    assertRefused(checksum, "checksum");
    byte[] tooLong = CODED.clone();
    tooLong[CODED.length - 4]++;
    assertRefused(tooLong, "length");
    byte[] tooShort = CODED.clone();
    tooShort[CODED.length - 4]--;
    assertRefused(tooShort, "length");
  }

  @Test
  void aBombOfOneMemberIsRefused() {
    assertThat(BOMB.length).isLessThan(550_000);
    assertRefusedWithoutAllocating(BOMB, "gzip.limit", "gzip.ratio");
  }

  @Test
  void aBombThatClaimsToBeSmallIsRefused() {
    byte[] bomb = BOMB.clone();
    Arrays.fill(bomb, bomb.length - 4, bomb.length, (byte) 0);
    assertRefusedWithoutAllocating(bomb, "gzip.limit");
  }

  @Test
  void aBombOfManyMembersIsRefused() {
    byte[] bomb =
        Gzip.concat(Collections.nCopies(1_000, Gzip.zipOfZeros(1)).toArray(byte[][]::new));
    assertThat(bomb.length).isLessThan(1_100_000);
    assertRefusedWithoutAllocating(bomb, "gzip.limit");
  }

  /** Runs in the other JVM. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) {
      GzipBadInputTest test = new GzipBadInputTest();
      test.aBombOfOneMemberIsRefused();
      test.aBombThatClaimsToBeSmallIsRefused();
      test.aBombOfManyMembersIsRefused();
      System.out.println("all refused");
    }
  }

  @Test
  void bombsAreRefusedInASmallHeap() throws Exception {
    assertThat(OtherJvm.outputOf("-Xmx64m", SmallHeap.class)).contains("all refused");
  }

  @Test
  void aClaimOfMoreThanDeflateCanReachMakesNoArray() {
    byte[] claim = CODED.clone();
    claim[claim.length - 2] = 0x0f;
    assertRefusedWithoutAllocating(claim, "length");
  }

  @Test
  void theLimitIsExact() throws IOException {
    ByteTransform limited = GzipTransform.of(6, 1000, 200);
    for (byte[][] members :
        new byte[][][] {
          {Gzip.zip(new byte[1000])}, {Gzip.zip(new byte[400]), Gzip.zip(new byte[600])}
        }) {
      byte[] coded = Gzip.concat(members);
      assertThat(limited.invert("k", coded)).hasSize(1000);
      byte[] oneMore = Gzip.concat(coded, Gzip.zip(new byte[1]));
      assertThatThrownBy(() -> limited.invert("k", oneMore)).hasMessageContaining("gzip.limit");
    }
    assertThatThrownBy(() -> limited.invert("k", Gzip.zip(new byte[1001])))
        .hasMessageContaining("gzip.limit");
  }

  @Test
  void theRatioCountsOnlyBeyondOneMebibyte() throws IOException {
    assertThat(gzip.invert("k", Gzip.zip(new byte[1 << 20]))).hasSize(1 << 20);
    assertRefused(Gzip.zip(new byte[(1 << 20) + 1]), "gzip.ratio");
  }

  @Test
  void aFailureDoesNotSpoilTheNextValue() throws IOException {
    byte[] damaged = CODED.clone();
    damaged[15] ^= 0x55;
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> gzip.invert("k", damaged)).isInstanceOf(IOException.class);
      assertThat(gzip.invert("k", CODED)).isEqualTo(PLAIN);
    }
  }
}
