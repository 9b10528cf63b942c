#!/usr/bin/env bash
# fauxqs omits keys beyond Unicode's basic plane from a listing that takes several pages.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages fauxqs@2.4.1 node@24.21.0
port=$(free_port)
FAUXQS_PORT=$port FAUXQS_LOGGER=false serve "$port" \
  "$work/npm/node_modules/.bin/node" "$work/npm/node_modules/fauxqs/dist/cli.js"

seen=$(node_program "$port" <<'EOF'
const bucket = `http://127.0.0.1:${process.argv[2]}/bucket`
await fetch(bucket, { method: 'PUT' })
for (let i = 0; i < 30; i++) {
  const key = encodeURIComponent(['a', '\ufb01', '\u{10000}'][i % 3] + i)
  const { status } = await fetch(`${bucket}/${key}`, { method: 'PUT', body: 'content' })
  if (status !== 200) throw new Error(`PUT: ${status}`)
}

async function list(size) {
  let token = '', count = 0
  do {
    const url = `${bucket}?list-type=2&max-keys=${size}${token}`
    const page = await (await fetch(url)).text()
    count += page.split('<Key>').length - 1
    const next = page.match(/<NextContinuationToken>([^<]*)</)
    token = next && `&continuation-token=${encodeURIComponent(next[1])}`
  } while (token)
  return count
}
console.log(`in one page ${await list(1000)} keys, in pages of seven ${await list(7)}`)
EOF
) || exit

conclude "fauxqs 2.4.1 (npm)" \
  "in one page 30 keys, in pages of seven 30" \
  "in one page 30 keys, in pages of seven 20" "$seen" || exit 1
