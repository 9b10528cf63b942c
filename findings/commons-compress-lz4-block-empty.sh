#!/usr/bin/env bash
# The LZ4 block compressor of commons-compress cannot be closed when nothing was written: no bytes
# have no compressed form there. Its reader takes the one byte that lz4-java writes for them.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.apache.commons:commons-compress:1.28.0 at.yawk.lz4:lz4-java:1.8.1

seen=$(java_program jars <<'EOF'
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jpountz.lz4.LZ4Factory;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;

class Main {
  public static void main(String[] args) throws IOException {
    byte[] other = LZ4Factory.safeInstance().fastCompressor().compress(new byte[0]);
    int read = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(other))
        .readAllBytes().length;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String written;
    try {
      new BlockLZ4CompressorOutputStream(bytes).close();
      written = bytes.size() + " bytes";
    } catch (IndexOutOfBoundsException e) {
      written = e.getClass().getSimpleName();
    }
    System.out.printf("of lz4-java: %d bytes read; own: %s%n", read, written);
  }
}
EOF
) || exit

conclude "org.apache.commons:commons-compress 1.28.0" \
  "of lz4-java: 0 bytes read; own: 1 bytes" \
  "of lz4-java: 0 bytes read; own: IndexOutOfBoundsException" "$seen" || exit 1
