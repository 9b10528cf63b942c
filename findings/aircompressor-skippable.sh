#!/usr/bin/env bash
# aircompressor refuses zstd data with a skippable frame, which RFC 8878 lets stand before, between
# and after the others, and which a decoder is to pass over.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars io.airlift:aircompressor:2.0.3

seen=$(java_program jars <<'EOF'
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

class Main {
  public static void main(String[] args) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex("502a4d18" + "03000000" + "010203"));
    try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
      out.write("hello".getBytes());
    }
    try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      System.out.println(new String(in.readAllBytes()));
    } catch (MalformedInputException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }
}
EOF
) || exit

conclude "io.airlift:aircompressor 2.0.3" "hello" "MalformedInputException" "$seen" || exit 1
