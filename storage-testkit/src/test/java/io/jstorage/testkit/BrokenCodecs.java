package io.jstorage.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Codecs with one flaw each. */
final class BrokenCodecs {
  private BrokenCodecs() {}

  /** The codec without a flaw: a length, the text in UTF-8, and a checksum of both. */
  static class Checked implements Codec<String> {
    private static final int MOST = 1_000;

    @Override
    public byte[] encode(String value) throws IOException {
      byte[] text = value.getBytes(UTF_8);
      if (text.length > MOST) {
        throw new IOException("more than %d bytes".formatted(MOST));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(text.length);
      out.write(text);
      out.writeInt(checksum(text.length, text));
      return bytes.toByteArray();
    }

    static int checksum(int length, byte[] text) {
      CRC32 checksum = new CRC32();
      checksum.update(length);
      checksum.update(text);
      return (int) checksum.getValue();
    }

    @Override
    public String decode(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      int length = in.readInt();
      byte[] text = in.readNBytes(checkedLength(length));
      if (text.length < length) {
        throw new EOFException("cut short");
      }
      checkEnd(in, length, text);
      return new String(text, UTF_8);
    }

    int checkedLength(int length) throws IOException {
      if (length < 0 || length > MOST) {
        throw new IOException("claims " + length);
      }
      return length;
    }

    void checkEnd(DataInputStream in, int length, byte[] text) throws IOException {
      if (in.readInt() != checksum(length, text)) {
        throw new IOException("the checksum differs");
      }
      if (in.read() >= 0) {
        throw new IOException("bytes after the end");
      }
    }
  }

  /** The declarations that the tests of all these codecs share. */
  abstract static class Contract extends CodecContract<String> {
    @Override
    protected List<String> samples() {
      return List.of("", "some text", "\u00e9");
    }

    @Override
    protected List<String> refusedValues() {
      return List.of("x".repeat(1_001));
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(new byte[] {0x7f, -1, -1, -1, 'x'}, new byte[0]);
    }

    @Override
    protected Set<Detects> detects() {
      return EnumSet.of(Detects.TRUNCATION, Detects.TRAILING_BYTES, Detects.FLIPPED_BITS);
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of(IOException.class);
    }

    @Override
    protected long mostMemory() {
      return 1 << 20;
    }
  }

  @CaughtBy({"everyValueComesBackEqual", "manyThreadsShareOneCodec"})
  static class TrimsText extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> new Checked().decode(bytes).replace(" ", ""));
    }
  }

  @CaughtBy("encodingChangesNothingAndKeepsNothing")
  static class ReturnsTheSameArrayAgain extends Contract {
    private final byte[] shared = new byte[2_000];

    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> {
            byte[] bytes = new Checked().encode(value);
            System.arraycopy(bytes, 0, shared, 0, bytes.length);
            return shared;
          },
          bytes -> new Checked().decode(Arrays.copyOf(bytes, 8 + bytes[3])));
    }
  }

  @CaughtBy("encodingChangesNothingAndKeepsNothing")
  static class ShowsTheValueItself extends CodecContract<byte[]> {
    @Override
    protected Codec<byte[]> codec() {
      return Codec.of(value -> value, bytes -> bytes);
    }

    @Override
    protected List<byte[]> samples() {
      return List.of(new byte[] {1, 2}, new byte[] {3});
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of();
    }
  }

  @CaughtBy("encodingChangesNothingAndKeepsNothing")
  static class SortsTheValue extends CodecContract<int[]> {
    @Override
    protected Codec<int[]> codec() {
      return Codec.of(
          value -> {
            Arrays.sort(value);
            return new byte[] {(byte) value[0], (byte) value[1]};
          },
          bytes -> new int[] {bytes[0], bytes[1]});
    }

    @Override
    protected List<int[]> samples() {
      return List.of(new int[] {1, 2}, new int[] {4, 3});
    }

    @Override
    protected Set<Detects> detects() {
      return Set.of();
    }
  }

  @CaughtBy("noTruncationDoesHarm")
  static class ReadsWhatIsThere extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(value -> value.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));
    }
  }

  @CaughtBy({"noTruncationDoesHarm", "noBytesAtAllDoHarm"})
  static class RunsPastTheEnd extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> {
            int unused = bytes[bytes.length - 1] + bytes[3];
            return unused > 1_000 ? "" : new Checked().decode(bytes);
          });
    }
  }

  @CaughtBy({"noFlippedBitDoesHarm", "bytesThatAreBeyondALimitAreRefused"})
  static class BelievesAClaim extends Contract {
    @Override
    protected Codec<String> codec() {
      return new Checked() {
        @Override
        int checkedLength(int length) throws IOException {
          byte[] claimed = new byte[Math.max(0, Math.min(length, 64 << 20))];
          return super.checkedLength(Math.max(length, claimed.length));
        }
      };
    }
  }

  @CaughtBy("noTrailingByteDoesHarm")
  static class StopsAtTheEnd extends Contract {
    @Override
    protected Codec<String> codec() {
      return new Checked() {
        @Override
        void checkEnd(DataInputStream in, int length, byte[] text) throws IOException {
          if (in.readInt() != checksum(length, text)) {
            throw new IOException("the checksum differs");
          }
          // Returns another value if bytes follow, as if they were a part of it.
          if (in.available() > 0) {
            text[0] ^= 1;
          }
        }
      };
    }

    @Override
    protected List<String> samples() {
      return List.of("a", "b");
    }
  }

  @CaughtBy("noFlippedBitDoesHarm")
  static class HasNoChecksum extends Contract {
    @Override
    protected Codec<String> codec() {
      return new Checked() {
        @Override
        void checkEnd(DataInputStream in, int length, byte[] text) throws IOException {
          if (in.skip(5) != 4) {
            throw new IOException("cut short or too long");
          }
        }
      };
    }
  }

  @CaughtBy({"noFlippedBitDoesHarm", "noBytesAtAllDoHarm"})
  static class OverflowsTheStack extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> {
            if (bytes.length > 0 && bytes[0] != 0) {
              throw new StackOverflowError();
            }
            return new Checked().decode(bytes);
          });
    }
  }

  @CaughtBy("noTruncationDoesHarm")
  static class WaitsForTheRest extends Contract {
    @BeforeEach
    void beImpatient() {
      System.setProperty(StallDetector.PROPERTY, "PT0.3S");
    }

    @AfterEach
    void calmDown() {
      System.clearProperty(StallDetector.PROPERTY);
    }

    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> {
            try {
              return new Checked().decode(bytes);
            } catch (EOFException e) {
              while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(10_000_000);
              }
              throw e;
            }
          });
    }
  }

  @CaughtBy("noFlippedBitDoesHarm")
  static class IsSpoiltByAFailure extends Contract {
    private boolean spoilt;

    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> {
            if (spoilt) {
              throw new IOException("spoilt");
            }
            try {
              return new Checked().decode(bytes);
            } catch (IOException e) {
              spoilt = true;
              throw e;
            }
          });
    }
  }

  @CaughtBy("valuesThatHaveNoEncodingAreRefused")
  static class EncodesEverything extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value.substring(0, Math.min(value.length(), 1_000))),
          bytes -> new Checked().decode(bytes));
    }
  }

  @CaughtBy("bytesThatAreBeyondALimitAreRefused")
  static class TakesNothingForTheEmptyValue extends Contract {
    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> new Checked().encode(value),
          bytes -> bytes.length == 0 ? "" : new Checked().decode(bytes));
    }
  }

  @CaughtBy("manyThreadsShareOneCodec")
  static class HasOneBuffer extends Contract {
    private volatile byte[] last = new byte[0];

    @Override
    protected Codec<String> codec() {
      return Codec.of(
          value -> {
            last = new Checked().encode(value);
            BrokenByteStores.hesitate();
            return last.clone();
          },
          bytes -> new Checked().decode(bytes));
    }
  }

  @CaughtBy("itsContentTypeIsAMediaType")
  static class SaysNoMediaType extends Contract {
    @Override
    protected Codec<String> codec() {
      return new Checked() {
        @Override
        public String contentType() {
          return "text";
        }
      };
    }
  }
}
