#!/usr/bin/env bash
# A SCAN of ioredis-mock skips keys when those that it has returned are deleted meanwhile: its
# cursor is a position in the list of keys. SCAN of Redis returns each key that exists from the
# beginning to the end of the iteration.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
for (let i = 0; i < 25; i++) await redis.set(`key ${i}`, 'value')
let cursor = '0'
let deleted = 0
do {
  const [next, keys] = await redis.scan(cursor, 'COUNT', 5)
  for (const key of keys) deleted += await redis.del(key)
  cursor = next
} while (cursor !== '0')
console.log(`deleted ${deleted}, left ${await redis.dbsize()}`)
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  "deleted 25, left 0" \
  "deleted 15, left 10" "$seen" || exit 1
