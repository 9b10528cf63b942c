package io.jstorage;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Objects;

/**
 * A type with its type arguments, which a {@link Class} cannot express.
 *
 * <pre>{@code
 * var type = new TypeRef<Map<String, Invoice>>() {};
 * }</pre>
 *
 * <p>Immutable; equal when the types are equal.
 *
 * @param <V> the type
 */
public class TypeRef<V> {
  private final Type type;

  /**
   * Captures the type argument of the subclass.
   *
   * @throws IllegalArgumentException if the subclass names no type argument
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)
        || parameterized.getRawType() != TypeRef.class) {
      throw new IllegalArgumentException(
          "a TypeRef is made directly with its type argument: new TypeRef<List<String>>() {}");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /**
   * Returns the reference to a class.
   *
   * @param type the class
   * @param <V> the type
   * @return the reference
   */
  public static <V> TypeRef<V> of(Class<V> type) {
    return new TypeRef<>(Objects.requireNonNull(type, "type"));
  }

  /**
   * Returns the reference to a type that is known only when the program runs, such as a {@link
   * ParameterizedType} made for the class of somebody's values.
   *
   * @param type a class, a parameterized type, an array of these, a type variable or a wildcard
   * @return the reference; callers that know more of the type may cast it
   */
  public static TypeRef<?> of(Type type) {
    return new TypeRef<>(Objects.requireNonNull(type, "type"));
  }

  /**
   * Returns the type with its arguments.
   *
   * @return the type
   */
  public final Type type() {
    return type;
  }

  /**
   * Returns the class of the type's values, without type arguments.
   *
   * @return the erasure of {@link #type()}
   */
  public final Class<?> rawType() {
    return erase(type);
  }

  private static Class<?> erase(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType parameterized) {
      return erase(parameterized.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return erase(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof TypeVariable<?> variable) {
      return erase(variable.getBounds()[0]);
    }
    return erase(((WildcardType) type).getUpperBounds()[0]);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof TypeRef<?> ref && type.equals(ref.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  /** Returns the name of the type as it is written in source code. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
