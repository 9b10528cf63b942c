package io.jstorage.json;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;

/** Distinguishes the annotations that change how values are written or read from the others. */
final class Annotations {
  private static final String OF_JACKSON = "com.fasterxml.jackson.annotation";
  private static final String OF_DATABIND = "tools.jackson.databind.annotation";

  /** These name, order and describe properties. */
  private static final Set<String> HARMLESS =
      Set.of(
          "JsonProperty",
          "JsonAlias",
          "JsonCreator",
          "JsonGetter",
          "JsonPropertyDescription",
          "JsonPropertyOrder",
          "JsonClassDescription",
          "JsonRootName",
          "JsonAutoDetect");

  /** It leaves properties out, which is seen by their fields. */
  private static final String OF_A_CLASS_ONLY = OF_JACKSON + ".JsonIgnoreProperties";

  /** Of its classes, the type does not say which nulls they refuse. */
  private static final String OF_KOTLIN = "kotlin.Metadata";

  private Annotations() {}

  static boolean areHarmless(AnnotatedClass type) {
    return type.annotations()
        .map(annotation -> annotation.annotationType())
        .allMatch(each -> isHarmless(each) || each.getName().equals(OF_A_CLASS_ONLY));
  }

  @SuppressWarnings("deprecation") // Before 3.2, annotations() fails where there are none.
  static boolean areHarmless(AnnotatedMember property) {
    return property._annotationMap() == null
        || property.annotations().allMatch(each -> isHarmless(each.annotationType()));
  }

  /** Jackson does not mention a field that it would not have seen anyway. */
  static boolean ignores(Field field) {
    return Stream.of(field.getAnnotations())
        .anyMatch(each -> each.annotationType().getName().equals(OF_JACKSON + ".JsonIgnore"));
  }

  private static boolean isHarmless(Class<?> annotation) {
    String of = annotation.getPackageName();
    return !annotation.getName().equals(OF_KOTLIN)
        && !of.equals(OF_DATABIND)
        && (!of.equals(OF_JACKSON) || HARMLESS.contains(annotation.getSimpleName()));
  }
}
