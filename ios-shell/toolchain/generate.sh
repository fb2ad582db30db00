#!/bin/sh
# Writes the Swift source of the bindings from the built library, and puts the library beside it.
#
# usage: generate.sh, in any folder; CARGO_TARGET_DIR is where Cargo builds, target by default.
#
# Everything lands in ios-shell/generated, which is not in git: source and library always match.
set -eu

cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
library=$target/debug/libangen_bindings.so
# One by one: together they would share features, and the library would carry the generator.
# The tests play scenarios, whose records must be the same in every language: chance has a seed.
cargo build --quiet --package angen-bindings --features seeded-chance-for-tests
cargo build --quiet --package angen-bindgen
mkdir -p ios-shell/generated
"$target/debug/angen-bindgen" generate --language swift --no-format \
  --out-dir ios-shell/generated "$library"
# A copy that was made before stays as it is while the library has not changed: no new link.
if ! cmp -s "$library" ios-shell/generated/libangen_bindings.so; then
  cp "$library" ios-shell/generated/libangen_bindings.so
fi
