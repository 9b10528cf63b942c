#!/usr/bin/env bash
# s3rver ends at an object whose key has 241 characters between slashes; S3 takes 1024 bytes.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages s3rver@3.7.1
port=$(free_port)
serve "$port" "$work/npm/node_modules/.bin/s3rver" -d "$work/data" -a 127.0.0.1 -p "$port" \
  --configure-bucket bucket --silent

seen=$(node_program "$port" <<'EOF'
const put = length =>
  fetch(`http://127.0.0.1:${process.argv[2]}/bucket/${'k'.repeat(length)}`, { method: 'PUT', body: 'content' })
    .then(response => `status ${response.status}`, () => 'no response')
console.log(`233 characters: ${await put(233)}, 241: ${await put(241)}, afterwards 1: ${await put(1)}`)
EOF
) || exit

conclude "s3rver 3.7.1 (npm)" \
  "233 characters: status 200, 241: status 200, afterwards 1: status 200" \
  "233 characters: status 200, 241: no response, afterwards 1: no response" "$seen" || exit 1
