#!/usr/bin/env bash
# json-io writes a Pattern without its flags: one that ignores case minds it when it comes back.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.cedarsoftware:json-io:4.110.0

seen=$(java_program jars <<'EOF'
import com.cedarsoftware.io.JsonIo;
import java.util.regex.Pattern;

class Main {
  public static void main(String[] args) {
    Pattern pattern = Pattern.compile("yes", Pattern.CASE_INSENSITIVE);
    String json = JsonIo.toJson(pattern, null);
    Pattern back = JsonIo.toJava(json, null).asClass(Pattern.class);
    System.out.printf("YES matched before %b, after %b%n", pattern.matcher("YES").matches(),
        back.matcher("YES").matches());
  }
}
EOF
) || exit

conclude "com.cedarsoftware:json-io 4.110.0" \
  "YES matched before true, after true" \
  "YES matched before true, after false" "$seen" || exit 1
