#!/usr/bin/env bash
# XADD of ioredis-mock appends "-0" to an ID that is complete already, so that the entry is not
# found under the ID that it was given.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
const id = await redis.xadd('stream', '7-1', 'field', 'value')
const after = await redis.xrange('stream', '7-1', '7-1')
console.log(`ID ${id}, entries found ${after.length}`)
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  "ID 7-1, entries found 1" \
  "ID 7-1-0, entries found 0" "$seen" || exit 1
