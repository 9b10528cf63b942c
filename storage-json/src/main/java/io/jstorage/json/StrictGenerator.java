package io.jstorage.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Refuses what Jackson would write but not read back. */
final class StrictGenerator extends JsonGeneratorDelegate {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
  private static final BigInteger TOO_LONG = BigInteger.TEN.pow(StrictMapper.MAX_NUMBER_LENGTH);

  /** Nested values are written through this generator, not past it. */
  StrictGenerator(JsonGenerator generator) {
    super(generator, false);
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
    if (value.bitLength() >= TOO_LONG.bitLength() && value.abs().compareTo(TOO_LONG) >= 0) {
      throw tooLong();
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

  /** What Jackson writes of a Number that it does not know is its {@code toString()}. */
  @Override
  public JsonGenerator writeNumber(String text) {
    checkNumberLength(text.length());
    if (!NUMBER.matcher(text).matches()) {
      throw new StreamWriteException(this, "'%s' is not a number in JSON".formatted(text));
    }
    return super.writeNumber(text);
  }

  private void checkName(String name) {
    int limit = StrictMapper.MAX_NAME_BYTES;
    if (name.length() > limit / 3
        && (name.length() > limit || name.getBytes(StandardCharsets.UTF_8).length > limit)) {
      throw new StreamWriteException(this, "a name is longer than %d bytes".formatted(limit));
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
    if (!Double.isFinite(value)) {
      throw new StreamWriteException(this, "JSON has no number %s".formatted(value));
    }
  }

  private void checkNumberLength(int length) {
    if (length > StrictMapper.MAX_NUMBER_LENGTH) {
      throw tooLong();
    }
  }

  private StreamWriteException tooLong() {
    return new StreamWriteException(
        this, "a number is longer than %d characters".formatted(StrictMapper.MAX_NUMBER_LENGTH));
  }
}
