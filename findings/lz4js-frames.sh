#!/usr/bin/env bash
# lz4js decompresses the first of several LZ4 frames and leaves out the others without a word. The
# format of frames says that their contents are to be joined.
. "$(dirname "${BASH_SOURCE[0]}")/functions"

npm_packages lz4js@0.2.0

seen=$(node_program <<'EOF'
import lz4 from 'lz4js'

const frames = ['hello ', 'world'].map(text => Buffer.from(lz4.compress(Buffer.from(text))))
console.log(JSON.stringify(Buffer.from(lz4.decompress(Buffer.concat(frames))).toString()))
EOF
) || exit

conclude "lz4js 0.2.0 (npm)" '"hello world"' '"hello "' "$seen" || exit 1
