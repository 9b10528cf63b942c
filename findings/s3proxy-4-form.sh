#!/usr/bin/env bash
# S3Proxy 4 stores an empty object for a PUT whose content type is that of an HTML form, which curl
# sends with --data: it answers 200, and the body is gone. Other content types are stored as sent.
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
if ((await fetch(bucket, { method: 'PUT' })).status !== 200) throw new Error('no bucket')
const stored = async type => {
  const headers = { 'content-type': type }
  const { status } = await fetch(`${bucket}/key`, { method: 'PUT', body: 'name=value', headers })
  return `${status} and ${JSON.stringify(await (await fetch(`${bucket}/key`)).text())}`
}
console.log(`text/plain ${await stored('text/plain')}, ` +
  `form ${await stored('application/x-www-form-urlencoded')}`)
EOF
) || exit

conclude "org.gaul:s3proxy 4.1.0" \
  'text/plain 200 and "name=value", form 200 and "name=value"' \
  'text/plain 200 and "name=value", form 200 and ""' "$seen" || exit 1
