package io.jstorage.pickle;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.IOException;
import java.util.Objects;

/**
 * Values as pickles, which Python reads and writes.
 *
 * <p>Reads the protocols 0 to 5, as Python 2.7 to 3.14 write them, and writes protocol 4, which
 * every Python since 3.4 reads. A pickle is a program that can name any function of Python; this
 * class has no way to call one. It knows the names of a few types of data, refuses every other name
 * before it makes anything, and refuses what would take much more time or memory than its bytes.
 *
 * <p>Immutable and thread-safe. A failure to encode or decode is an {@link IOException} that names
 * the refused part and its place in the value or the pickle; no part of a value that fails is
 * written.
 *
 * <h2>Types</h2>
 *
 * <table>
 * <caption>The Java type of each Python type, and the type that is written</caption>
 * <tr><th>Python</th><th>Java</th><th>written as</th></tr>
 * <tr><td>{@code None} in a container</td><td>null</td><td>{@code None}</td></tr>
 * <tr><td>{@code bool}</td><td>Boolean</td><td>{@code bool}</td></tr>
 * <tr><td>{@code int}, {@code long}</td><td>Long, or BigInteger if it does not fit</td>
 *     <td>{@code int}</td></tr>
 * <tr><td>{@code float}</td><td>Double</td><td>{@code float}</td></tr>
 * <tr><td>{@code str}, {@code unicode}</td><td>String, unpaired surrogates too</td>
 *     <td>{@code str}</td></tr>
 * <tr><td>{@code str} of Python 2</td><td>as {@link Python2Strings} has it</td><td></td></tr>
 * <tr><td>{@code bytes}</td><td>{@code byte[]}; in keys a read-only {@code ByteBuffer}</td>
 *     <td>{@code bytes}</td></tr>
 * <tr><td>{@code bytearray}</td><td>{@code byte[]}</td><td>{@code bytes}, which is equal</td></tr>
 * <tr><td>{@code list}</td><td>{@link java.util.ArrayList}; any other List is written so</td>
 *     <td>{@code list}</td></tr>
 * <tr><td>{@code tuple}</td><td>{@link Tuple}, a List; in keys any List</td>
 *     <td>{@code tuple}</td></tr>
 * <tr><td>{@code collections.deque}</td><td>{@link java.util.LinkedList}</td>
 *     <td>{@code deque} without a bound</td></tr>
 * <tr><td>{@code dict}</td><td>{@link java.util.LinkedHashMap} in order; any other Map is written
 *     so</td><td>{@code dict}</td></tr>
 * <tr><td>{@code OrderedDict}, {@code defaultdict}, {@code Counter}</td>
 *     <td>{@code LinkedHashMap} in order</td><td>{@code dict}, which is equal</td></tr>
 * <tr><td>{@code set}</td><td>{@link java.util.LinkedHashSet}; any other Set is written so</td>
 *     <td>{@code set}</td></tr>
 * <tr><td>{@code frozenset}</td><td>{@link FrozenSet}, a Set; in keys any Set</td>
 *     <td>{@code frozenset}</td></tr>
 * <tr><td>{@code decimal.Decimal}</td><td>{@link java.math.BigDecimal}; zero has no sign</td>
 *     <td>{@code Decimal}</td></tr>
 * <tr><td>{@code fractions.Fraction}</td><td>{@link Fraction}</td><td>{@code Fraction}</td></tr>
 * <tr><td>{@code uuid.UUID}</td><td>{@link java.util.UUID}</td><td>{@code UUID}</td></tr>
 * <tr><td>{@code datetime.date}</td><td>{@link java.time.LocalDate}</td><td>{@code date}</td></tr>
 * <tr><td>{@code datetime.time}</td><td>{@link java.time.LocalTime}; with a {@code timezone} {@link
 *     java.time.OffsetTime}</td><td>{@code time}</td></tr>
 * <tr><td>{@code datetime.datetime}</td><td>{@link java.time.LocalDateTime}; with a {@code
 *     timezone} {@link java.time.OffsetDateTime}</td><td>{@code datetime}</td></tr>
 * <tr><td>{@code datetime.timedelta}</td><td>{@link java.time.Duration}</td>
 *     <td>{@code timedelta}</td></tr>
 * <tr><td>{@code datetime.timezone}</td><td>{@link java.time.ZoneOffset}; its name is dropped</td>
 *     <td>{@code timezone}</td></tr>
 * </table>
 *
 * <p>Keys are keys of maps, elements of sets, and everything within these. Only parts that Python
 * does not compare either are dropped, such as the {@code fold} of a time or the name of a time
 * zone. A value that was read and is written again is equal to the first one in Python, except that
 * a deque has lost its bound and a negative zero of a Decimal its sign.
 *
 * <h2>Refused values</h2>
 *
 * <ul>
 *   <li>a value that would come back as another one: an Integer where a Long would be read (unless
 *       the type of the values says Integer), a BigInteger that fits a Long, nanoseconds, an array
 *       as a key, keys that are one to Python such as 1 and 1.0;
 *   <li>a value of any other class, and null, which is never a value;
 *   <li>a pickle that names anything else than the types above, such as a class of its own, an
 *       {@code Enum} or a time zone of {@code zoneinfo}; that refers to something outside; that is
 *       cut short or followed by more bytes; or that contains itself;
 *   <li>what Java has no value for: {@code Decimal('NaN')}, offsets of more than 18 hours or of
 *       parts of a second, a str in which a low surrogate follows a high one;
 *   <li>more than the limits, both ways: {@value #DEFAULT_BYTES} bytes, {@value #DEFAULT_DEPTH}
 *       containers within one another, {@value #DEFAULT_ELEMENTS} elements where what is shared
 *       counts each time, and {@value #DEFAULT_MEMO} objects that the pickle numbers to refer to
 *       them. {@link Builder} takes others. A Decimal, a Fraction and the text of an int have up to
 *       4 300 digits.
 * </ul>
 *
 * <p>An object that a pickle uses twice is one object after reading, and is written twice. While it
 * is read, a pickle takes up to some sixty times its size in memory.
 *
 * @param <V> the type of the values
 */
public final class PickleCodec<V> implements Codec<V> {
  /** The most bytes of a pickle unless another limit is named: 64 MiB. */
  public static final int DEFAULT_BYTES = 64 << 20;

  /** The most containers within one another unless another limit is named. */
  public static final int DEFAULT_DEPTH = 500;

  /**
   * The highest limit of containers within one another. The stack of a thread, 1 MiB by default,
   * bears {@link #DEFAULT_DEPTH} of them in any case; more may take a larger stack.
   */
  public static final int MAX_DEPTH = 1_000;

  /** The most elements of a value unless another limit is named. */
  public static final int DEFAULT_ELEMENTS = 1_000_000;

  /** The most objects that a pickle numbers unless another limit is named. */
  public static final int DEFAULT_MEMO = 4_000_000;

  private final Class<?> type;
  private final Shape shape;
  private final Limits limits;
  private final Python2Strings strings;

  private PickleCodec(Builder<V> builder) {
    this.type = builder.type.rawType();
    this.shape = Shapes.of(builder.type.type());
    this.limits = new Limits(builder.bytes, builder.depth, builder.elements, builder.memo);
    this.strings = builder.strings;
  }

  /**
   * Returns the codec for untyped values.
   *
   * @return the codec, with the default limits
   */
  public static PickleCodec<Object> untyped() {
    return of(Object.class);
  }

  /**
   * Returns a codec for values of a class.
   *
   * @param type the class
   * @param <V> the type of the values
   * @return the codec, with the default limits
   * @throws IllegalArgumentException if no pickle is read as that type
   */
  public static <V> PickleCodec<V> of(Class<V> type) {
    return of(TypeRef.of(type));
  }

  /**
   * Returns a codec for values of a type with type arguments.
   *
   * @param type the type; the elements of collections and maps are checked too
   * @param <V> the type of the values
   * @return the codec, with the default limits
   * @throws IllegalArgumentException if no pickle is read as that type
   */
  public static <V> PickleCodec<V> of(TypeRef<V> type) {
    return builder(type).build();
  }

  /**
   * Begins a codec with the default limits, which reads a str of Python 2 as ASCII.
   *
   * @param type the type of the values
   * @param <V> the type of the values
   * @return a builder
   */
  public static <V> Builder<V> builder(TypeRef<V> type) {
    return new Builder<>(type);
  }

  @Override
  public byte[] encode(V value) throws IOException {
    Objects.requireNonNull(value, "value");
    return new PickleWriter(limits).write(shape.lowered(value));
  }

  @Override
  @SuppressWarnings("unchecked") // the shape has checked it
  public V decode(byte[] bytes) throws IOException {
    if (bytes.length > limits.bytes()) {
      throw limits.tooManyBytes();
    }
    Object made = new Machine(bytes, limits).run();
    Object read = new JavaValues(limits, strings, bytes.length).of(made);
    if (read == null) {
      throw new Refusal("the pickle is None, which is never a value");
    }
    return (V) shape.raised(read);
  }

  @Override
  public String contentType() {
    return "application/x-python-pickle";
  }

  /** Names the type of the values. */
  @Override
  public String toString() {
    return "pickle of " + type.getName();
  }

  /**
   * Makes codecs with other limits than the default ones. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> {
    private final TypeRef<V> type;
    private int bytes = DEFAULT_BYTES;
    private int depth = DEFAULT_DEPTH;
    private int elements = DEFAULT_ELEMENTS;
    private int memo = DEFAULT_MEMO;
    private Python2Strings strings = Python2Strings.ASCII;

    private Builder(TypeRef<V> type) {
      this.type = Objects.requireNonNull(type, "type");
    }

    /**
     * Sets the most bytes of a pickle.
     *
     * @param bytes at least 1
     * @return this builder
     * @throws IllegalArgumentException if there are fewer
     */
    public Builder<V> maxBytes(int bytes) {
      this.bytes = check(bytes, "maxBytes", Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the most containers within one another.
     *
     * @param depth from 1 to {@value PickleCodec#MAX_DEPTH}
     * @return this builder
     * @throws IllegalArgumentException if there are fewer or more
     */
    public Builder<V> maxDepth(int depth) {
      this.depth = check(depth, "maxDepth", MAX_DEPTH);
      return this;
    }

    /**
     * Sets the most elements of a value and of all containers in it, keys of maps counted, itself
     * counted, and what is shared counted each time.
     *
     * @param elements at least 1
     * @return this builder
     * @throws IllegalArgumentException if there are fewer
     */
    public Builder<V> maxElements(int elements) {
      this.elements = check(elements, "maxElements", Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the most objects that a pickle numbers to refer to them. Python numbers almost
     * everything: up to four for an element.
     *
     * @param memo at least 1
     * @return this builder
     * @throws IllegalArgumentException if there are fewer
     */
    public Builder<V> maxMemo(int memo) {
      this.memo = check(memo, "maxMemo", Integer.MAX_VALUE);
      return this;
    }

    private static int check(int given, String name, int most) {
      if (given < 1 || given > most) {
        throw new IllegalArgumentException(
            "%s is from 1 to %d, not %d".formatted(name, most, given));
      }
      return given;
    }

    /**
     * Sets what a str of Python 2 is read as.
     *
     * @param strings text in some encoding, or bytes
     * @return this builder
     */
    public Builder<V> python2(Python2Strings strings) {
      this.strings = Objects.requireNonNull(strings, "strings");
      return this;
    }

    /**
     * Makes the codec.
     *
     * @return the codec
     * @throws IllegalArgumentException if no pickle is read as the type
     */
    public PickleCodec<V> build() {
      return new PickleCodec<>(this);
    }
  }
}
