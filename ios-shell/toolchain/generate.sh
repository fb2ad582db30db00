#!/bin/sh
# Writes the Swift source of the bindings from the built library, and puts the library beside it;
# and the command line, which is the hub that a test syncs with.
#
# usage: generate.sh, in any folder; CARGO_TARGET_DIR is where Cargo builds, target by default.
#
# Everything lands in ios-shell/generated, which is not in git: source and library always match.
set -eu

cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
library=$target/debug/deps/libangen_bindings.so
# The build of the tests: chance has a seed in it, so that scenarios end in the same records in
# every language, and nothing is compiled a second time with other features.
# `cli` is the command line's own test, with which Cargo builds the program itself.
cargo test --quiet --workspace --test surface --test cli --no-run
fresh=ios-shell/generated/fresh
rm -rf "$fresh"
mkdir -p "$fresh"
"$target/debug/angen-bindgen" generate --language swift --no-format --out-dir "$fresh" "$library"
cp "$library" "$target/debug/angen" "$fresh/"
# What is as it was keeps its time: Swift compiles and links nothing a second time.
for file in "$fresh"/*; do
  kept=ios-shell/generated/$(basename "$file")
  cmp -s "$file" "$kept" || mv "$file" "$kept"
done
rm -r "$fresh"
