package io.jstorage.redis;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes, fields and methods of Jedis that our classes name: {@code class}, or {@code class
 * name descriptor}, as they are in the constant pools of class files.
 */
final class JedisReferences {
  private static final String JEDIS = "redis/clients/jedis/";

  private JedisReferences() {}

  static Set<String> in(Path classes) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files.filter(JedisReferences::isClass)::iterator) {
        try (InputStream in = Files.newInputStream(file)) {
          found.addAll(inClass(new DataInputStream(in)));
        }
      }
    }
    return found;
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }

  private static Set<String> inClass(DataInputStream in) throws IOException {
    in.readInt();
    in.readInt();
    int size = in.readUnsignedShort();
    String[] texts = new String[size];
    int[][] parts = new int[size][];
    boolean[] members = new boolean[size];
    boolean[] classes = new boolean[size];
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          i++; // Such a constant takes two places.
        }
        case 7, 8, 16, 19, 20 -> {
          parts[i] = new int[] {in.readUnsignedShort()};
          classes[i] = tag == 7;
        }
        case 9, 10, 11, 12, 17, 18 -> {
          parts[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
          members[i] = tag <= 11;
        }
        case 15 -> parts[i] = new int[] {in.readUnsignedByte(), in.readUnsignedShort()};
        default -> throw new IOException("unknown constant " + tag);
      }
    }
    Set<String> found = new TreeSet<>();
    for (int i = 1; i < size; i++) {
      if (classes[i] && texts[parts[i][0]].startsWith(JEDIS)) {
        found.add(texts[parts[i][0]]);
      } else if (members[i]) {
        String owner = texts[parts[parts[i][0]][0]];
        int[] nameAndType = parts[parts[i][1]];
        if (owner.startsWith(JEDIS)) {
          found.add(owner + " " + texts[nameAndType[0]] + " " + texts[nameAndType[1]]);
        }
      }
    }
    return found;
  }

  /** Which of them a class loader does not find. */
  static List<String> missing(Collection<String> references, ClassLoader loader) {
    return references.stream().filter(reference -> !exists(reference, loader)).toList();
  }

  private static boolean exists(String reference, ClassLoader loader) {
    String[] parts = reference.split(" ", -1);
    try {
      Class<?> owner = Class.forName(parts[0].replace('/', '.'), false, loader);
      return parts.length == 1 || hasMember(owner, parts[1], parts[2], loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean hasMember(
      Class<?> owner, String name, String descriptor, ClassLoader loader) {
    if (!descriptor.startsWith("(")) {
      Class<?> type = MethodType.fromMethodDescriptorString("()" + descriptor, loader).returnType();
      return ancestors(owner).anyMatch(each -> hasField(each, name, type));
    }
    MethodType type = MethodType.fromMethodDescriptorString(descriptor, loader);
    if (name.equals("<init>")) {
      return Arrays.stream(owner.getDeclaredConstructors())
          .map(Constructor::getParameterTypes)
          .anyMatch(types -> List.of(types).equals(type.parameterList()));
    }
    return ancestors(owner)
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .anyMatch(method -> matches(method, name, type));
  }

  private static boolean hasField(Class<?> owner, String name, Class<?> type) {
    for (Field field : owner.getDeclaredFields()) {
      if (field.getName().equals(name) && field.getType() == type) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Method method, String name, MethodType type) {
    return method.getName().equals(name)
        && method.getReturnType() == type.returnType()
        && List.of(method.getParameterTypes()).equals(type.parameterList());
  }

  private static Stream<Class<?>> ancestors(Class<?> type) {
    Deque<@Nullable Class<?>> open = new ArrayDeque<>(List.of(type, Object.class));
    Stream.Builder<Class<?>> all = Stream.builder();
    while (!open.isEmpty()) {
      Class<?> each = open.remove();
      all.add(each);
      open.addAll(List.of(each.getInterfaces()));
      if (each.getSuperclass() != null) {
        open.add(each.getSuperclass());
      }
    }
    return all.build();
  }
}
