#!/usr/bin/env bash
# Pyrolite's pickle reads a dict into a HashMap. Python keeps the order of a dict, also in a pickle.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars net.razorvine:pickle:1.5

seen=$(java_program jars <<'EOF'
import java.util.LinkedHashMap;
import java.util.Map;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;

class Main {
  public static void main(String[] args) throws Exception {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", 2);
    map.put("m", 3);
    System.out.println(map + " comes back as " + new Unpickler().loads(new Pickler().dumps(map)));
  }
}
EOF
) || exit

conclude "net.razorvine:pickle 1.5" \
  "{z=1, a=2, m=3} comes back as {z=1, a=2, m=3}" \
  "{z=1, a=2, m=3} comes back as {a=2, z=1, m=3}" "$seen" || exit 1
