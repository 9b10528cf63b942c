#!/usr/bin/env bash
# A set, sorted set or list that has lost its last element goes on existing in ioredis-mock, after
# these commands. Redis has no empty collections: the key is gone.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
await redis.sadd('popped', 'a')
await redis.spop('popped', 1)
await redis.sadd('moved', 'a')
await redis.smove('moved', 'target', 'a')
await redis.zadd('sorted', 1, 'a')
await redis.zrem('sorted', 'a')
await redis.rpush('trimmed', 'a')
await redis.ltrim('trimmed', 5, 9)
const exist = async key => `${await redis.exists(key)}`
console.log(`exist after SPOP ${await exist('popped')}, SMOVE ${await exist('moved')}, ` +
  `ZREM ${await exist('sorted')}, LTRIM ${await exist('trimmed')}`)
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  "exist after SPOP 0, SMOVE 0, ZREM 0, LTRIM 0" \
  "exist after SPOP 1, SMOVE 1, ZREM 1, LTRIM 1" "$seen" || exit 1
