package io.jstorage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractBooleanAssert;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractCollectionAssert;
import org.assertj.core.api.AbstractDurationAssert;
import org.assertj.core.api.AbstractInstantAssert;
import org.assertj.core.api.AbstractIntegerAssert;
import org.assertj.core.api.AbstractLongAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.MapAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.OptionalAssert;
import org.jspecify.annotations.Nullable;

/** The assertions of AssertJ that the kit uses, with values in {@link MessageRepresentation}. */
final class Checks {
  private Checks() {}

  static AbstractBooleanAssert<?> assertThat(boolean actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractIntegerAssert<?> assertThat(int actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractLongAssert<?> assertThat(long actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractStringAssert<?> assertThat(@Nullable String actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractByteArrayAssert<?> assertThat(byte @Nullable [] actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractDurationAssert<?> assertThat(Duration actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static AbstractInstantAssert<?> assertThat(Instant actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <T extends Throwable> AbstractThrowableAssert<?, T> assertThat(@Nullable T actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <T> OptionalAssert<T> assertThat(Optional<T> actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <T> ListAssert<T> assertThat(List<T> actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <T> AbstractCollectionAssert<?, Collection<? extends T>, T, ObjectAssert<T>> assertThat(
      Collection<T> actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <K, T> MapAssert<K, T> assertThat(Map<K, T> actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }

  static <T> ObjectAssert<T> assertThat(@Nullable T actual) {
    return Assertions.assertThat(actual).withRepresentation(MessageRepresentation.INSTANCE);
  }
}
