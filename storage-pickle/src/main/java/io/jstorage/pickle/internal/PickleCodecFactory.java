package io.jstorage.pickle.internal;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.pickle.PickleCodec;
import io.jstorage.pickle.Python2Strings;
import io.jstorage.spi.CodecFactory;
import java.util.Set;

/** Makes the codecs of the name {@code pickle}. */
public final class PickleCodecFactory implements CodecFactory {
  /** A holder, so that listing the codecs makes no options. */
  private static final class Options {
    static final Option<Integer> LIMIT =
        most("limit", "The most bytes of one pickle.", PickleCodec.DEFAULT_BYTES);
    static final Option<Integer> DEPTH =
        Option.integer("pickle.depth")
            .describedAs("The most containers within one another.")
            .where(
                depth -> depth > 0 && depth <= PickleCodec.MAX_DEPTH,
                "from 1 to " + PickleCodec.MAX_DEPTH)
            .withDefault(PickleCodec.DEFAULT_DEPTH);
    static final Option<Integer> ELEMENTS =
        most(
            "elements",
            "The most elements of a value and all in it, shared ones counted each time.",
            PickleCodec.DEFAULT_ELEMENTS);
    static final Option<Integer> MEMO =
        most(
            "memo",
            "The most objects that a pickle numbers to refer to them.",
            PickleCodec.DEFAULT_MEMO);
    static final Option<Python2Strings> PYTHON2 =
        Option.choice("pickle.python2", Python2Strings.class)
            .describedAs("The type of a str of Python 2: text of an encoding, or bytes.")
            .withDefault(Python2Strings.ASCII);

    private static Option<Integer> most(String name, String description, int usual) {
      return Option.integer("pickle." + name)
          .describedAs(description)
          .where(most -> most > 0, "at least 1")
          .withDefault(usual);
    }
  }

  /** For {@link java.util.ServiceLoader}. */
  public PickleCodecFactory() {}

  @Override
  public String name() {
    return "pickle";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(Options.LIMIT, Options.DEPTH, Options.ELEMENTS, Options.MEMO, Options.PYTHON2);
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    PickleCodec.Builder<V> builder =
        PickleCodec.builder(type)
            .maxBytes(options.get(Options.LIMIT))
            .maxDepth(options.get(Options.DEPTH))
            .maxElements(options.get(Options.ELEMENTS))
            .maxMemo(options.get(Options.MEMO))
            .python2(options.get(Options.PYTHON2));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(
          "the codec pickle cannot hold values of %s: %s".formatted(type, e.getMessage()), e);
    }
  }
}
