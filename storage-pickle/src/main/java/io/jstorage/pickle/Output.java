package io.jstorage.pickle;

import java.util.Arrays;

/** The bytes of a pickle as they are written, up to a limit. */
final class Output {
  private final Limits limits;
  private byte[] bytes = new byte[256];
  private int length;

  Output(Limits limits) {
    this.limits = limits;
  }

  private void makeRoom(int more) throws Refusal {
    if (more > limits.bytes() - length) {
      throw limits.tooManyBytes();
    }
    if (more > bytes.length - length) {
      long longer = Math.max(2L * bytes.length, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(limits.bytes(), longer));
    }
  }

  Output u1(int value) throws Refusal {
    makeRoom(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Writes the lowest bytes of a number, the lowest first. */
  Output littleEndian(long value, int size) throws Refusal {
    makeRoom(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) (value >> (8 * i));
    }
    return this;
  }

  Output bytes(byte[] more) throws Refusal {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
