#!/usr/bin/env bash
# s3rver answers 500 to a deletion of two objects of one folder, after it has deleted both.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages s3rver@3.7.1
port=$(free_port)
serve "$port" "$work/npm/node_modules/.bin/s3rver" -d "$work/data" -a 127.0.0.1 -p "$port" \
  --configure-bucket bucket --silent

seen=$(node_program "$port" <<'EOF'
import { createHash } from 'node:crypto'

const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
const keys = ['folder/one', 'folder/two']
for (const key of keys) {
  const { status } = await fetch(`${bucket}/${key}`, { method: 'PUT', body: 'content' })
  if (status !== 200) throw new Error(`PUT: ${status}`)
}
const body = `<Delete>${keys.map(k => `<Object><Key>${k}</Key></Object>`).join('')}</Delete>`
const { status } = await fetch(`${bucket}?delete`, {
  method: 'POST', body, headers: { 'content-md5': createHash('md5').update(body).digest('base64') }
})
const list = await (await fetch(bucket)).text()
console.log(`status ${status}, objects left ${list.split('<Contents>').length - 1}`)
EOF
) || exit

conclude "s3rver 3.7.1 (npm)" \
  "status 200, objects left 0" \
  "status 500, objects left 0" "$seen" || exit 1
