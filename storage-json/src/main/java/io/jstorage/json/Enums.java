package io.jstorage.json;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Tries out whether annotations, or a mapper, give two constants of an enum one text. */
final class Enums {
  private Enums() {}

  static boolean comeBack(JavaType type, JsonMapper mapper) {
    try {
      for (Object constant : type.getRawClass().getEnumConstants()) {
        byte[] json = mapper.writerFor(type).writeValueAsBytes(constant);
        if (mapper.readerFor(type).readValue(json) != constant) {
          return false;
        }
      }
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  static boolean comeBackAsNames(JavaType type, JsonMapper mapper) {
    JavaType map =
        mapper
            .getTypeFactory()
            .constructMapType(LinkedHashMap.class, type, mapper.constructType(Boolean.class));
    Map<Object, Boolean> all = new LinkedHashMap<>();
    for (Object constant : type.getRawClass().getEnumConstants()) {
      all.put(constant, true);
    }
    try {
      return all.equals(
          mapper.readerFor(map).readValue(mapper.writerFor(map).writeValueAsBytes(all)));
    } catch (JacksonException e) {
      return false;
    }
  }
}
