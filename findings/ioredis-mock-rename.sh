#!/usr/bin/env bash
# RENAME of ioredis-mock deletes a key that is renamed to itself, and a key that takes another's
# place keeps the deadline of that other. In Redis the first changes nothing, and a deadline goes
# with its value.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
await redis.set('key', 'value')
await redis.rename('key', 'key')
await redis.setex('short', 1000, 'old')
await redis.set('long', 'new')
await redis.rename('long', 'short')
console.log(`key ${await redis.get('key')}, seconds left to the other ${await redis.ttl('short')}`)
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  "key value, seconds left to the other -1" \
  "key null, seconds left to the other 1000" "$seen" || exit 1
