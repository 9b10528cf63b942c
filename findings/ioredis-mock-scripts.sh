#!/usr/bin/env bash
# EVAL of ioredis-mock hands out what a Lua script returns as it is. Redis cuts off the fraction of
# a number, makes 1 of true and null of false, and takes a table with the field "ok" for a status.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages ioredis-mock@8.13.1 ioredis@5.4.1

seen=$(node_program <<'EOF'
import Redis from 'ioredis-mock'

const redis = new Redis()
const answers = []
for (const script of ['return 3.99', 'return true', 'return false', 'return {ok = "FINE"}']) {
  answers.push(String(JSON.stringify(await redis.eval(script, 0))))
}
console.log(answers.join(' '))
redis.disconnect()
EOF
) || exit

conclude "ioredis-mock 8.13.1 (npm)" \
  '3 1 null "FINE"' \
  '3.99 true false undefined' "$seen" || exit 1
