#!/bin/sh
# Writes the Swift source of the bindings from the built library, and puts the library beside it.
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
cargo test --quiet --workspace --test surface --no-run
mkdir -p ios-shell/generated
"$target/debug/angen-bindgen" generate --language swift --no-format \
  --out-dir ios-shell/generated "$library"
# A copy that was made before stays as it is while the library has not changed: no new link.
if ! cmp -s "$library" ios-shell/generated/libangen_bindings.so; then
  cp "$library" ios-shell/generated/libangen_bindings.so
fi
