#!/usr/bin/env bash
# @20minutes/s3rver escapes the keys of a listing twice, so that a client reads other keys.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages @20minutes/s3rver@5.0.0 node@24.21.0 # It asks for Node 24.
port=$(free_port)
mkdir "$work/data"
serve "$port" "$work/npm/node_modules/.bin/node" -e "
  const S3rver = require('$work/npm/node_modules/@20minutes/s3rver')
  new S3rver({ address: '127.0.0.1', port: $port, silent: true, directory: '$work/data',
    configureBuckets: [{ name: 'bucket' }] }).run()"

seen=$(node_program "$port" <<'EOF'
const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
const { status } = await fetch(`${bucket}/this%26that`, { method: 'PUT', body: 'content' })
if (status !== 200) throw new Error(`PUT: ${status}`)
console.log((await (await fetch(bucket)).text()).match(/<Key>.*<\/Key>/)[0])
EOF
) || exit

conclude "@20minutes/s3rver 5.0.0 (npm)" \
  "<Key>this&amp;that</Key>" \
  "<Key>this&amp;amp;that</Key>" "$seen" || exit 1
