#!/usr/bin/env bash
# A record whose JSON lacks a primitive component is refused by Jackson 3.1 and read by 3.3, which
# are minor versions of one another, with the same settings.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars_into older tools.jackson.core:jackson-databind:3.1.4
jars_into newer tools.jackson.core:jackson-databind:3.3.0

read_a_record() { # folder
  java_program "$1" <<'EOF'
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class Main {
  record Item(String name, int count) {}

  public static void main(String[] args) {
    JsonMapper mapper = JsonMapper.builder().build();
    try {
      System.out.println(mapper.readValue("{\"name\":\"x\"}", Item.class));
    } catch (JacksonException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }
}
EOF
}
older=$(read_a_record older) && newer=$(read_a_record newer) || exit

conclude "tools.jackson.core:jackson-databind 3.1.4 and 3.3.0" \
  "both read the record, or both refuse it" \
  "3.1.4: MismatchedInputException, 3.3.0: Item[name=x, count=0]" "3.1.4: $older, 3.3.0: $newer" || exit 1
