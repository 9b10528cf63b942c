package io.jstorage.json;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Remembers the classes of all objects that a mapper has written. Jackson asks here for an
 * annotation when it meets an object of a class for the first time, whatever becomes of it then.
 */
final class SeenClasses extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private final transient List<WeakReference<Class<?>>> classes = new ArrayList<>();
  private transient volatile int count;

  @Override
  public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
    if (annotated instanceof AnnotatedClass) {
      add(annotated.getRawType());
    }
    return null;
  }

  private synchronized void add(Class<?> type) {
    classes.add(new WeakReference<>(type));
    count = classes.size();
  }

  /** The number of classes so far, which may be there more than once. */
  int count() {
    return count;
  }

  synchronized boolean anyOf(int from, int to, Predicate<Class<?>> predicate) {
    for (WeakReference<Class<?>> reference : classes.subList(from, to)) {
      Class<?> type = reference.get();
      if (type != null && predicate.test(type)) {
        return true;
      }
    }
    return false;
  }
}
