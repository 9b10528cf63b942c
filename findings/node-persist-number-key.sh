#!/usr/bin/env bash
# node-persist throws for a key that is a number, which its documentation uses in an example.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages node-persist@4.0.4

seen=$(node_program "$work/data" <<'EOF'
import storage from 'node-persist'

await storage.init({ dir: process.argv[2] })
await storage.setItem('42', 'text')
const text = await storage.getItem('42')
let number = 'stored'
try {
  await storage.setItem(42, 'number')
} catch (e) {
  number = e.name
}
console.log(`key "42" ${text}, key 42 ${number}`)
process.exit(0)
EOF
) || exit

conclude "node-persist 4.0.4 (npm)" \
  'key "42" text, key 42 stored' \
  'key "42" text, key 42 TypeError' "$seen" || exit 1
