#!/usr/bin/env bash
# While an object is uploaded, S3Proxy 4 lists it under a name of its own, the key with a UUID
# behind it, if it keeps objects in a file system. S3 lists an object when its upload has ended.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

# It does not start with the annotations that its own POM brings.
jars org.gaul:s3proxy:4.1.0 com.fasterxml.jackson.core:jackson-annotations:2.22
mkdir "$work/objects" "$work/npm"
port=$(free_port)
cat >"$work/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$port
s3proxy.authorization=none
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/objects
jclouds.identity=any
jclouds.credential=any
CONF
serve "$port" java -Xmx256m -cp "$work/jars/*" org.gaul.s3proxy.Main \
  --properties "$work/s3proxy.conf"

seen=$(node_program "$port" <<'EOF'
import http from 'node:http'
const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
if ((await fetch(bucket, { method: 'PUT' })).status !== 200) throw new Error('no bucket')
const list = async () => {
  const page = await (await fetch(`${bucket}?list-type=2`)).text()
  return [...page.matchAll(/<Key>([^<]*)<\/Key>/g)]
    .map(found => found[1].replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'UUID'))
}
const upload = http.request(`${bucket}/key`, {
  method: 'PUT', headers: { 'content-length': 10 }
})
const ended = new Promise((resolve, reject) => upload.on('response', resolve).on('error', reject))
upload.write('hello')
// Until the server has begun to store it; a server that shows nothing is given ten seconds.
let during = []
for (let i = 0; i < 100 && during.length === 0; i++) {
  await new Promise(resolve => setTimeout(resolve, 100))
  during = await list()
}
upload.end('world')
if ((await ended).statusCode !== 200) throw new Error('no object')
console.log(`during the upload [${during}], after it [${await list()}]`)
process.exit(0)
EOF
) || exit

conclude "org.gaul:s3proxy 4.1.0" \
  "during the upload [], after it [key]" \
  "during the upload [key-UUID], after it [key]" "$seen" || exit 1
