#!/usr/bin/env bash
# S3Proxy 4 answers 204 to "delete it if it exists" (If-Match: *) when it does not exist, so that
# a client cannot tell which of two deletions was the one that deleted. S3 fails the condition.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

# It does not start with the annotations that its own POM brings.
jars org.gaul:s3proxy:4.1.0 com.fasterxml.jackson.core:jackson-annotations:2.22
port=$(free_port)
cat >"$work/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=none
jclouds.provider=transient-nio2
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
if (await put(`${bucket}/key`, { body: 'hello' }) !== 200) throw new Error('no object')
const remove = async condition => (await fetch(`${bucket}/key`, {
  method: 'DELETE', headers: { 'if-match': condition }
})).status
const another = await remove(`"${'0'.repeat(32)}"`)
console.log(`another version ${another}, existing ${await remove('*')}, ` +
  `absent ${await remove('*')}`)
EOF
) || exit

conclude "org.gaul:s3proxy 4.1.0" \
  "another version 412, existing 204, absent 412 or 404" \
  "another version 412, existing 204, absent 204" "$seen" || exit 1
