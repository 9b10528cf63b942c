package io.jstorage.testkit;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/** Transforms with one flaw each. */
final class BrokenTransforms {
  private BrokenTransforms() {}

  /** Sound: the bytes and a checksum of them and the key. */
  static class Checked implements ByteTransform {
    static final int MOST = 10_000;

    @Override
    public byte[] apply(String key, byte[] plain) throws IOException {
      if (plain.length > MOST) {
        throw new IOException("more than %d bytes".formatted(MOST));
      }
      byte[] coded = Arrays.copyOf(plain, plain.length + 4);
      int checksum = checksum(key, plain, plain.length);
      for (int i = 0; i < 4; i++) {
        coded[plain.length + i] = (byte) (checksum >>> (8 * i));
      }
      return coded;
    }

    int checksum(String key, byte[] bytes, int length) {
      CRC32 checksum = new CRC32();
      checksum.update(length);
      checksum.update(bytes, 0, length);
      key.chars().forEach(checksum::update);
      return (int) checksum.getValue();
    }

    @Override
    public byte[] invert(String key, byte[] coded) throws IOException {
      if (coded.length < 4 || coded.length > MOST + 4) {
        throw new IOException("cut short, or too long");
      }
      int length = coded.length - 4;
      int checksum = 0;
      for (int i = 0; i < 4; i++) {
        checksum |= (coded[length + i] & 0xff) << (8 * i);
      }
      check(checksum, checksum(key, coded, length));
      return Arrays.copyOf(coded, length);
    }

    void check(int found, int expected) throws IOException {
      if (found != expected) {
        throw new IOException("the checksum differs");
      }
    }
  }

  abstract static class Contract extends ByteTransformContract {
    @Override
    protected Set<Detects> detects() {
      return EnumSet.allOf(Detects.class);
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(new byte[Checked.MOST + 1]);
    }

    @Override
    protected List<byte[]> refusedCoded() {
      return List.of(new byte[3], new byte[Checked.MOST + 5]);
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

  /** Not broken: the others differ from it in one thing each. */
  static class Sound extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked();
    }
  }

  @CaughtBy("everythingComesBackUnderItsKey")
  static class ForgetsTheCaseOfTheKey extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        public byte[] apply(String key, byte[] plain) throws IOException {
          return super.apply(key.toLowerCase(Locale.ROOT), plain);
        }
      };
    }
  }

  @CaughtBy("returnedArraysBelongToTheCaller")
  static class ReturnsTheSameArrayAgain extends Contract {
    private final byte[] shared = new byte[300];

    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        public byte[] invert(String key, byte[] coded) throws IOException {
          byte[] plain = super.invert(key, coded);
          if (plain.length != shared.length) {
            return plain;
          }
          System.arraycopy(plain, 0, shared, 0, plain.length);
          return shared;
        }
      };
    }

    @Override
    protected List<byte[]> samples() {
      byte[] ones = new byte[300];
      Arrays.fill(ones, (byte) 1);
      return List.of(new byte[300], ones);
    }
  }

  @CaughtBy({"noTruncationDoesHarm", "noTrailingByteDoesHarm", "noFlippedBitDoesHarm"})
  static class ChecksNothing extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        void check(int found, int expected) {}
      };
    }
  }

  @CaughtBy({"noTruncationDoesHarm", "noBytesAtAllDoHarm", "bytesBeyondALimitAreNotRead"})
  static class RunsPastTheEnd extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        public byte[] invert(String key, byte[] coded) throws IOException {
          return coded[3] == 77 && coded.length == 1 ? coded : super.invert(key, coded);
        }
      };
    }
  }

  @CaughtBy("bytesWrittenUnderAnotherKeyAreRefused")
  static class IgnoresTheKey extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        int checksum(String key, byte[] bytes, int length) {
          return super.checksum("", bytes, length);
        }
      };
    }
  }

  @CaughtBy("bytesBeyondALimitAreNotWritten")
  static class WritesWhatItCannotRead extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        public byte[] apply(String key, byte[] plain) throws IOException {
          return plain.length > MOST ? new byte[0] : super.apply(key, plain);
        }
      };
    }
  }

  @CaughtBy("bytesBeyondALimitAreNotRead")
  static class TakesMemoryFirst extends Contract {
    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        public byte[] invert(String key, byte[] coded) throws IOException {
          byte[] room = new byte[1_000 * coded.length];
          return room.length == 1 ? room : super.invert(key, coded);
        }
      };
    }

    @Override
    protected List<byte[]> samples() {
      return List.of(new byte[1], new byte[2]);
    }
  }

  @CaughtBy("manyThreadsShareOneTransform")
  static class HasOneChecksum extends Contract {
    private final CRC32 shared = new CRC32();

    @Override
    protected ByteTransform transform() {
      return new Checked() {
        @Override
        int checksum(String key, byte[] bytes, int length) {
          shared.reset();
          shared.update(bytes, 0, length);
          BrokenByteStores.hesitate();
          shared.update(length);
          return (int) shared.getValue();
        }
      };
    }
  }
}
