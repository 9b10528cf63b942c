#!/usr/bin/env bash
# Python pickles an unpaired surrogate, such as it has in names of files that are not UTF-8, as
# three bytes. Pyrolite's pickle reads U+FFFD there and writes "?", both without an error: the text
# that comes back is another.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars net.razorvine:pickle:1.5

seen=$(java_program jars <<'EOF'
import java.util.HexFormat;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;

class Main {
  public static void main(String[] args) throws Exception {
    // pickle.dumps("\ud800", 2) in Python, without the memo.
    byte[] pickle = HexFormat.of().parseHex("800258" + "03000000" + "eda080" + "2e");
    String text = (String) new Unpickler().loads(pickle);
    String own = (String) new Unpickler().loads(new Pickler().dumps("\ud800"));
    System.out.printf("from Python U+%04X, from itself U+%04X%n", (int) text.charAt(0),
        (int) own.charAt(0));
  }
}
EOF
) || exit

conclude "net.razorvine:pickle 1.5" \
  "from Python U+D800, from itself U+D800, or an exception" \
  "from Python U+FFFD, from itself U+003F" "$seen" || exit 1
