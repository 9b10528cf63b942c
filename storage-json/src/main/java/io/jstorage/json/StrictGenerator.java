package io.jstorage.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Refuses what Jackson would write but not read back. */
final class StrictGenerator extends JsonGeneratorDelegate {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  /** The limits that the factory sets for reading. */
  private final StreamReadConstraints limits;

  private final int maxNameBytes;

  /** Nested values are written through this generator, not past it. */
  StrictGenerator(JsonGenerator generator, StreamReadConstraints limits) {
    super(generator, false);
    this.limits = limits;
    this.maxNameBytes = limits.getMaxNameLength();
  }

  @Override
  public JsonGenerator writeName(String name) {
    checkName(name);
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeName(SerializableString name) {
    checkName(name.getValue());
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeNumber(double value) {
    checkFinite(value);
    return super.writeNumber(value);
  }

  @Override
  public JsonGenerator writeNumber(float value) {
    checkFinite(value);
    return super.writeNumber(value);
  }

  @Override
  public JsonGenerator writeArray(double[] array, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      checkFinite(array[i]);
    }
    return super.writeArray(array, offset, length);
  }

  @Override
  public JsonGenerator writeNumber(BigInteger value) {
    // A digit takes 3.3 bits. The exact length is needed only near the limit.
    long digits = value.bitLength() / 4;
    if (digits > limits.getMaxNumberLength()) {
      checkNumberLength(Integer.MAX_VALUE);
    } else if (value.bitLength() / 3 >= limits.getMaxNumberLength()) {
      checkNumberLength(value.abs().toString().length());
    }
    return super.writeNumber(value);
  }

  @Override
  public JsonGenerator writeNumber(BigDecimal value) {
    checkNumberLength(value.toString().length());
    if (value.precision() - 1L - value.scale() > Integer.MAX_VALUE) {
      throw new StreamWriteException(this, "a number has a larger exponent than can be read back");
    }
    return super.writeNumber(value);
  }

  /** Jackson writes the {@code toString()} of a Number that it does not know. */
  @Override
  public JsonGenerator writeNumber(String text) {
    checkNumberLength(text.length());
    if (!NUMBER.matcher(text).matches()) {
      throw new StreamWriteException(this, "'%s' is not a number in JSON".formatted(text));
    }
    return super.writeNumber(text);
  }

  /** Reads the raw text as a value and writes that, so that all the rules hold for it too. */
  @Override
  public JsonGenerator writeRawValue(String text) {
    Object value;
    try {
      value = StrictMapper.INSTANCE.readValue(text, Object.class);
    } catch (JacksonException e) {
      throw new StreamWriteException(
          this, "raw text is not JSON: %s".formatted(e.getOriginalMessage()), e);
    }
    return value == null ? writeNull() : writePOJO(value);
  }

  @Override
  public JsonGenerator writeRawValue(String text, int offset, int length) {
    return writeRawValue(text.substring(offset, offset + length));
  }

  @Override
  public JsonGenerator writeRawValue(char[] text, int offset, int length) {
    return writeRawValue(new String(text, offset, length));
  }

  @Override
  public JsonGenerator writeRaw(String text) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeRaw(String text, int offset, int length) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeRaw(SerializableString text) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeRaw(char[] text, int offset, int length) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeRaw(char character) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
    throw unchecked();
  }

  @Override
  public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
    throw unchecked();
  }

  private StreamWriteException unchecked() {
    return new StreamWriteException(
        this, "raw text would be written unchecked: use writeRawValue or writeString");
  }

  private void checkName(String name) {
    // A character takes three bytes at most.
    if (3L * name.length() > maxNameBytes
        && (name.length() > maxNameBytes
            || name.getBytes(StandardCharsets.UTF_8).length > maxNameBytes)) {
      throw new StreamWriteException(
          this, "a name is longer than %d bytes".formatted(maxNameBytes));
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        if (Character.charCount(name.codePointAt(i)) == 1) {
          throw new StreamWriteException(this, "a name has an unpaired surrogate");
        }
        i++;
      }
    }
  }

  private void checkFinite(double value) {
    if (!Double.isFinite(value) && !NotANumber.mayBeWritten(objectWriteContext())) {
      throw new StreamWriteException(this, "%s is not a number in JSON".formatted(value));
    }
  }

  private void checkNumberLength(int length) {
    int limit = limits.getMaxNumberLength();
    if (length > limit) {
      throw new StreamWriteException(
          this, "a number is longer than %d characters".formatted(limit));
    }
  }
}
