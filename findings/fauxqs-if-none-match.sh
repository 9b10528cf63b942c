#!/usr/bin/env bash
# fauxqs does not look at If-None-Match of a PUT: it replaces an object that exists.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages fauxqs@2.4.1 node@24.21.0 # It asks for a newer Node than 20.
port=$(free_port)
FAUXQS_PORT=$port FAUXQS_LOGGER=false serve "$port" "$work/npm/node_modules/.bin/node" \
  "$work/npm/node_modules/fauxqs/dist/cli.js"

seen=$(node_program "$port" <<'EOF'
const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
const put = async (address, options) => (await fetch(address, { method: 'PUT', ...options })).status
if (await put(bucket) !== 200) throw new Error('the bucket was not made')
const headers = { 'if-none-match': '*' }
const statuses = [await put(`${bucket}/key`, { body: 'first', headers }),
  await put(`${bucket}/key`, { body: 'second', headers })]
const content = await (await fetch(`${bucket}/key`)).text()
console.log(`statuses ${statuses.join(' ')}, content ${content}`)
EOF
) || exit

conclude "fauxqs 2.4.1 (npm)" \
  "statuses 200 412, content first" \
  "statuses 200 200, content second" "$seen" || exit 1
