#!/usr/bin/env bash
# compress-lzf cannot encode an empty array as a whole. Its output stream writes nothing for it, and
# its input stream reads that.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars com.ning:compress-lzf:1.2.1

seen=$(java_program jars <<'EOF'
import com.ning.compress.lzf.LZFEncoder;
import com.ning.compress.lzf.LZFInputStream;
import com.ning.compress.lzf.LZFOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

class Main {
  public static void main(String[] args) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new LZFOutputStream(bytes).close();
    int streamed = new LZFInputStream(new ByteArrayInputStream(bytes.toByteArray()))
        .readAllBytes().length;
    String encoded;
    try {
      encoded = LZFEncoder.encode(new byte[0]).length + " bytes";
    } catch (IllegalArgumentException e) {
      encoded = e.getClass().getSimpleName();
    }
    System.out.printf("streams %d bytes, encoder %s%n", streamed, encoded);
  }
}
EOF
) || exit

conclude "com.ning:compress-lzf 1.2.1" \
  "streams 0 bytes, encoder 0 bytes" \
  "streams 0 bytes, encoder IllegalArgumentException" "$seen" || exit 1
