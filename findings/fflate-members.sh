#!/usr/bin/env bash
# fflate's gunzipSync reads one member of a gzip file that has several, and cuts it to the length
# that the last one names. Its streaming Gunzip reads them all, as RFC 1952 asks.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages fflate@0.8.3

seen=$(node_program <<'EOF'
import { gzipSync } from 'node:zlib'
import { Gunzip, gunzipSync } from 'fflate'

const text = bytes => JSON.stringify(Buffer.from(bytes).toString())
const members = Buffer.concat([gzipSync('a long beginning'), gzipSync(', end')])
let streamed = ''
new Gunzip(chunk => { streamed += Buffer.from(chunk).toString() }).push(members, true)
console.log(`gunzipSync ${text(gunzipSync(members))}, Gunzip ${text(streamed)}`)
EOF
) || exit

conclude "fflate 0.8.3 (npm)" \
  'gunzipSync "a long beginning, end", Gunzip "a long beginning, end"' \
  'gunzipSync "a lon", Gunzip "a long beginning, end"' "$seen" || exit 1
