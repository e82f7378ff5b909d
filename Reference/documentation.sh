#!/usr/bin/env bash
# Builds the documentation of every room from a debug build, and takes a warning for an error.
#
#   swift build && Reference/documentation.sh [FOLDER]
#
# The pages of each room go into FOLDER/ROOM, or nowhere if no folder is named. The tools are the
# toolchain's own: a symbol graph of each module, and docc with the catalogue beside its sources.
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(swift build --show-bin-path)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
target=$(swiftc -print-target-info | sed -n 's/^ *"unversionedTriple": "\(.*\)",*$/\1/p')
rooms=0

for catalogue in Sources/*/*.docc; do
  room=$(basename "$catalogue" .docc)
  graph="$scratch/$room/graph"
  mkdir -p "$graph"
  swift symbolgraph-extract -module-name "$room" -target "$target" -minimum-access-level public \
    -I "$build/Modules" -I Sources/CGSL -Xcc "-fmodule-map-file=$build/CKernels.build/module.modulemap" \
    -output-dir "$graph"
  docc convert "$catalogue" --additional-symbol-graph-dir "$graph" --warnings-as-errors \
    --fallback-bundle-identifier "tightbound.$room" --output-path "${1:-$scratch}/$room"
  rooms=$((rooms + 1))
done
echo "$rooms rooms documented, no warning"
