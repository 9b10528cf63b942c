#!/usr/bin/env bash
# Jackson 3 writes a BitSet as a bean with one property, "empty", and reads it back without bits.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars tools.jackson.core:jackson-databind:3.3.0

seen=$(java_program jars <<'EOF'
import java.util.BitSet;
import tools.jackson.databind.json.JsonMapper;

class Main {
  public static void main(String[] args) {
    BitSet bits = new BitSet();
    bits.set(3);
    JsonMapper mapper = JsonMapper.builder().build();
    String json = mapper.writeValueAsString(bits);
    System.out.println(json + " is read as " + mapper.readValue(json, BitSet.class));
  }
}
EOF
) || exit

conclude "tools.jackson.core:jackson-databind 3.3.0" \
  "what is read is {3}, or an exception says that the class is not supported" \
  '{"empty":false} is read as {}' "$seen" || exit 1
