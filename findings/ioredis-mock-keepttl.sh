#!/usr/bin/env bash
# SET of ioredis-mock takes the option KEEPTTL and drops the deadline all the same.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
await redis.setex('key', 1000, 'old')
const answer = await redis.set('key', 'new', 'KEEPTTL')
console.log(`answer ${answer}, deadline kept ${await redis.ttl('key') > 0}`)
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  "answer OK, deadline kept true" \
  "answer OK, deadline kept false" "$seen"
