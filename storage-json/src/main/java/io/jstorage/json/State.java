package io.jstorage.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;

/** The fields of a class, those of its superclasses included. */
final class State {
  private final Class<?> type;
  private final List<Field> fields = new ArrayList<>();
  private final boolean isPartOfTheJdk;

  private State(Class<?> type) {
    this.type = type;
    Class<?> each = type;
    for (; !isOfTheJdk(each); each = each.getSuperclass()) {
      Stream.of(each.getDeclaredFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
          .forEach(fields::add);
    }
    this.isPartOfTheJdk = each != Object.class && each != Record.class;
  }

  static State of(Class<?> type) {
    return new State(type);
  }

  static boolean isOfTheJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  static boolean hasItsOwnEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  List<Field> fields() {
    return fields;
  }

  /** Whether a superclass of the JDK has fields of its own, which are not seen here. */
  boolean isPartOfTheJdk() {
    return isPartOfTheJdk;
  }

  /** Whether each field has a property of its name and type, or is of no interest to equals. */
  boolean isCoveredBy(Map<String, Class<?>> properties) {
    boolean equalsMaySeeMore = hasItsOwnEquals(type);
    return !isPartOfTheJdk
        && fields.stream().map(Field::getName).distinct().count() == fields.size()
        && fields.stream()
            .allMatch(
                field ->
                    isOfType(field, properties.get(field.getName()))
                        || (Modifier.isTransient(field.getModifiers()) && !equalsMaySeeMore));
  }

  private static boolean isOfType(Field field, @Nullable Class<?> property) {
    return property != null
        && (field.getType() == property || field.getGenericType() instanceof TypeVariable);
  }

  /** Whether every object of the class was made as those that are read are. */
  boolean isMadeBy(ValueInstantiator maker, int properties) {
    if (maker.getWithArgsCreator() == null || !maker.canCreateFromObjectWith()) {
      return true;
    }
    Constructor<?> constructor = constructor(maker);
    if (constructor == null) {
      return false;
    }
    if (type.isRecord()) {
      return Arrays.equals(
          constructor.getParameterTypes(),
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new));
    }
    return type.getDeclaredConstructors().length == 1
        && constructor.getParameterCount() == properties
        && fields.stream().allMatch(field -> Modifier.isFinal(field.getModifiers()));
  }

  private static @Nullable Constructor<?> constructor(ValueInstantiator maker) {
    return maker.getWithArgsCreator() instanceof AnnotatedConstructor creator
        ? creator.getAnnotated()
        : null;
  }
}
