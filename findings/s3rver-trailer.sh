#!/usr/bin/env bash
# s3rver stores a body that is framed as aws-chunked with a trailer together with its frame. It
# undoes only the older framing, with a signature in each chunk.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages s3rver@3.7.1
port=$(free_port)
serve "$port" "$work/npm/node_modules/.bin/s3rver" -d "$work/data" -a 127.0.0.1 -p "$port" \
  --configure-bucket bucket --silent

seen=$(node_program "$port" <<'EOF'
const object = `http://127.0.0.1:${process.argv[2]}/bucket/key`
const { status } = await fetch(object, {
  method: 'PUT',
  body: '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n',
  headers: {
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'x-amz-trailer': 'x-amz-checksum-crc32'
  }
})
console.log(`status ${status}, content ${JSON.stringify(await (await fetch(object)).text())}`)
EOF
) || exit

conclude "s3rver 3.7.1 (npm)" \
  'status 200, content "hello"' \
  'status 200, content "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"' "$seen" || exit 1
