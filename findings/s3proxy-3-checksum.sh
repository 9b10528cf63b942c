#!/usr/bin/env bash
# S3Proxy 3 answers 501 to a PUT with a checksum in a header, which clients of AWS send by default.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

jars org.gaul:s3proxy:3.0.0
port=$(free_port)
cat >"$work/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=none
jclouds.provider=transient
jclouds.identity=any
jclouds.credential=any
CONF
serve "$port" java -Xmx256m -cp "$work/jars/*" org.gaul.s3proxy.Main \
  --properties "$work/s3proxy.conf"

mkdir "$work/npm"
seen=$(node_program "$port" <<'EOF'
const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
const put = async (address, options) => (await fetch(address, { method: 'PUT', ...options })).status
if (await put(bucket) !== 200) throw new Error('the bucket was not made')
const plain = await put(`${bucket}/plain`, { body: 'hello' })
const headers = { 'x-amz-checksum-crc32': 'NhCmhg==' }
const sum = await put(`${bucket}/sum`, { body: 'hello', headers })
console.log(`without ${plain}, with a checksum ${sum}`)
EOF
) || exit

conclude "org.gaul:s3proxy 3.0.0" \
  "without 200, with a checksum 200" \
  "without 200, with a checksum 501" "$seen" || exit 1
