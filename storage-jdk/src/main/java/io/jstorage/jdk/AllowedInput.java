package io.jstorage.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of allowed classes, within limits.
 *
 * <p>A class is judged by its name in the stream, before it is looked for; the limits, and once
 * more the class, by an {@link ObjectInputFilter}. The JVM-wide filter is asked, too, and either
 * can refuse. If the JVM has a filter factory, it decides which filters apply; the names are
 * checked in any case.
 */
final class AllowedInput extends ObjectInputStream {
  /** Deeper nesting lets a small stream of sets within sets compute hash codes for hours. */
  private static final int MAX_DEPTH = 20;

  private static final int MAX_REFERENCES = 100_000;
  private static final int MAX_ARRAY = 1_000_000;

  private final int length;
  private final AllowList allowList;
  private final Set<ClassLoader> loaders;
  private final Expansion expansion = new Expansion();
  private @Nullable String refusal;

  AllowedInput(InputStream source, int length, AllowList allowList, Set<ClassLoader> loaders)
      throws IOException {
    super(source);
    this.length = length;
    this.allowList = allowList;
    this.loaders = loaders;
    enableResolveObject(true);
    setObjectInputFilter(ObjectInputFilter.merge(this::check, getObjectInputFilter()));
  }

  Object readAllowed() throws IOException, ClassNotFoundException {
    try {
      return readObject();
    } catch (InvalidClassException e) {
      if (refusal == null) {
        throw e;
      }
      throw (IOException) new InvalidClassException(refusal).initCause(e);
    }
  }

  private Status check(FilterInfo info) {
    if (info.depth() > MAX_DEPTH) {
      refusal = "objects are nested deeper than " + MAX_DEPTH;
    } else if (info.references() > MAX_REFERENCES) {
      refusal = "there are more than " + MAX_REFERENCES + " references";
    } else if (info.arrayLength() > maxLength(info.serialClass())) {
      refusal = "an array of %d elements is too long".formatted(info.arrayLength());
    } else {
      // Undecided about what an allowed class made itself, by readResolve; no stream chooses that.
      return info.serialClass() != null && allowList.allows(info.serialClass().getName())
          ? Status.ALLOWED
          : Status.UNDECIDED;
    }
    return Status.REJECTED;
  }

  /**
   * The longest array that the available bytes can fill; hash tables claim up to eight times their
   * content.
   */
  private long maxLength(@Nullable Class<?> arrayType) {
    return arrayType != null && arrayType.isArray() && arrayType.getComponentType().isPrimitive()
        ? length
        : Math.min(MAX_ARRAY, 8L * length);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    String name = described.getName();
    if (!allowList.allows(name)) {
      throw new InvalidClassException(
          "%s is not allowed; if it is yours, name it in the option serialized.allow"
              .formatted(AllowList.elementName(name)));
    }
    for (ClassLoader loader : loaders) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException e) {
        // the next one may know it
      }
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected Object resolveObject(Object read) throws IOException {
    expansion.add(read);
    return read;
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
    throw new InvalidClassException(
        "a dynamic proxy is not a value: it would run code that the stream chooses");
  }
}
