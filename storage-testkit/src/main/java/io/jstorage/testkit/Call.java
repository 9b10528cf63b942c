package io.jstorage.testkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one key as its caller saw it: when it began and ended, by a clock that orders
 * all callers, its arguments and its result. Values are unique to their calls, so that a value
 * names the write that it comes from.
 *
 * @param kind the operation
 * @param key its key
 * @param value the value that it writes, if it does
 * @param expected the value whose version it asks for, if it does
 * @param answer what it returned: a value, a truth, or null for a miss; see {@link #isUnknown}
 * @param begin when it was called
 * @param end when it returned; {@link #NEVER} if it is not known whether it took effect
 */
record Call(
    Kind kind,
    String key,
    @Nullable String value,
    @Nullable String expected,
    @Nullable Object answer,
    long begin,
    long end) {
  /** Later than everything: the call may still take effect. */
  static final long NEVER = Long.MAX_VALUE;

  /** The operations of one key, and what each does to an entry that one thread alone uses. */
  enum Kind {
    GET {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return state;
      }
    },
    CONTAINS {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return state != null;
      }
    },
    PUT {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return null;
      }

      @Override
      boolean tellsItsEffect() {
        return false;
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return call.value;
      }
    },
    PUT_IF_ABSENT {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return state == null;
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return state == null ? call.value : state;
      }
    },
    REPLACE {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return call.expects(state);
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return call.expects(state) ? call.value : state;
      }
    },
    REMOVE {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return state != null;
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return null;
      }
    },
    /** If a storage is not ATOMIC, several callers may find the same entry to remove. */
    REMOVE_WHOEVER_DOES {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return null;
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return null;
      }

      @Override
      boolean tellsItsEffect() {
        return false;
      }
    },
    REMOVE_VERSION {
      @Override
      @Nullable Object answer(Call call, @Nullable String state) {
        return call.expects(state);
      }

      @Override
      @Nullable String after(Call call, @Nullable String state) {
        return call.expects(state) ? null : state;
      }
    };

    /** The result of a call that finds an entry in a state; null is absence. */
    abstract @Nullable Object answer(Call call, @Nullable String state);

    /** Whether calls of one answer either all change something or all change nothing. */
    boolean tellsItsEffect() {
      return true;
    }

    /** The state that such a call leaves. */
    @Nullable String after(Call call, @Nullable String state) {
      return state;
    }
  }

  /** Whether it may have taken effect at any time after it began, or not at all. */
  boolean isUnknown() {
    return end == NEVER;
  }

  /** Whether the call can have come upon this state. */
  boolean fits(@Nullable String state) {
    return isUnknown() || Objects.equals(answer, kind.answer(this, state));
  }

  @Nullable String after(@Nullable String state) {
    return kind.after(this, state);
  }

  /** Whether it changes nothing, neither in this state nor in any other that its answer fits. */
  boolean keeps(@Nullable String state) {
    return kind.tellsItsEffect() && Objects.equals(state, after(state));
  }

  private boolean expects(@Nullable String state) {
    return state != null && state.equals(expected);
  }

  @Override
  public String toString() {
    return "%d-%s %s%s%s: %s"
        .formatted(
            begin,
            isUnknown() ? "?" : String.valueOf(end),
            kind,
            expected == null ? "" : " of " + expected,
            value == null ? "" : " " + value,
            isUnknown() ? "unknown" : answer);
  }
}
