#!/bin/sh
# Builds the core as an xcframework for phones and simulators. Runs on a Mac; CI does not run it.
#
# usage: xcframework.sh
#
# Needs Xcode, and `rustup target add aarch64-apple-ios aarch64-apple-ios-sim`. Afterwards the
# package finds generated/AngenCoreFFI.xcframework and generated/AngenCore.swift.
set -eu

if [ "$(uname)" != Darwin ]; then
  echo "只能在 Mac 上生成 xcframework；an xcframework is built on a Mac only" >&2
  exit 1
fi
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
out=ios-shell/generated
phone=aarch64-apple-ios
simulator=aarch64-apple-ios-sim

export IPHONEOS_DEPLOYMENT_TARGET=17.0
for triple in $phone $simulator; do
  # A static library: an app carries no other dylib than the system's own.
  # The app opens its database encrypted, and a library without the cipher says that it cannot.
  cargo rustc --release --package angen-bindings --features sqlcipher --target "$triple" \
    --crate-type staticlib
done
# The generator reads a library that is not stripped: the Mac's own debug build.
cargo build --package angen-bindings
cargo build --package angen-bindgen
mkdir -p "$out"
"$target/debug/angen-bindgen" generate --language swift --no-format --out-dir "$out" \
  "$target/debug/libangen_bindings.dylib"

headers=$out/headers/AngenCoreFFI
rm -rf "$out/headers" "$out/AngenCoreFFI.xcframework"
mkdir -p "$headers"
cp "$out/AngenCoreFFI.h" "$headers/"
cp "$out/AngenCoreFFI.modulemap" "$headers/module.modulemap"
xcodebuild -create-xcframework \
  -library "$target/$phone/release/libangen_bindings.a" -headers "$out/headers" \
  -library "$target/$simulator/release/libangen_bindings.a" -headers "$out/headers" \
  -output "$out/AngenCoreFFI.xcframework"
