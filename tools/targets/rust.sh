#!/bin/sh
# Unpacks Debian's own Rust, with the source of its standard library: nothing on the host changes.
#
# usage: rust.sh, in any folder
#
# A check for a phone's target compiles the standard library for it, and its source must be of the
# compiler's own version. Debian has both in one version (rustc-web, rust-web-src). They come from
# the archive of the host's own Debian source, are checked against the host's Debian keys, and are
# unpacked into target/rust-web; no script of a package is run. Works as root and as a plain user.
# It takes 110 MB of download and 900 MB of disk, once.
#
# The stamp is written last and holds the version and the digest of this script's commands: what a
# cut left behind, or another version made, is done again.
set -eu

# The release whose security archive keeps these two at a current version.
SUITE=bookworm
KEYS=/usr/share/keyrings/debian-archive-keyring.gpg

cd "$(dirname "$0")/../.."
root=$PWD/target/rust-web
stamp=$(grep -v '^ *#' tools/targets/rust.sh | sha256sum | cut -c 1-64)
if [ "$(cat "$root/.stamp" 2>/dev/null || true)" = "$stamp" ]; then
  exit 0
fi

lacks() {
  echo "$1" >&2
  echo "$2" >&2
  exit 1
}
for program in apt-get apt-cache dpkg-deb; do
  command -v "$program" > /dev/null ||
    lacks "缺少 $program：此检查只能在 Debian 上运行" "no $program: this check needs Debian"
done
test -r "$KEYS" || lacks "缺少 $KEYS（软件包 debian-archive-keyring）" \
  "no $KEYS (package debian-archive-keyring)"

# The archives of the host's own Debian source, whatever its format and name.
source_of() {
  apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Component: main' |
    grep -E "/$1/?\$" | head -n 1
}
main=$(source_of debian)
security=$(source_of debian-security)
test -n "$main" || lacks "没有配置 Debian 软件源（…/debian）" \
  "no Debian source (…/debian) is configured for apt"
test -n "$security" || lacks "没有配置 Debian 安全更新源（…/debian-security），新版 Rust 在其中" \
  "no Debian security source (…/debian-security) is configured for apt; a current Rust is there"

apt=$root.apt
fresh=$root.new
rm -rf "$apt" "$fresh"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$fresh"
: > "$apt/status"
{
  echo "deb [signed-by=$KEYS] $main $SUITE main"
  echo "deb [signed-by=$KEYS] $security $SUITE-security main"
} > "$apt/sources.list"

# apt with a state of its own. Of the host's settings only a proxy is taken over.
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"
own() {
  program=$1
  shift
  "$program" -q=2 -o Dir::State="$apt" -o Dir::State::Lists="$apt/lists" \
    -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o Dir::Etc::parts=/dev/null \
    -o Acquire::http::Proxy="$proxy" -o Acquire::Languages=none -o Acquire::Retries=3 \
    -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0 "$@"
}
# What a package needs of others in the end; what every Debian has is not fetched.
needed_by() {
  own apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
    --no-replaces --no-enhances "$1" | grep '^lib' |
    grep -v -x -e libc6 -e libgcc-s1 -e 'libstdc++6' -e libcrypt1 | sort -u
}

echo "Rust for other targets: fetching from Debian $SUITE (about 110 MB)"
own apt-get update
# The library's package carries the version of Rust in its name.
std=$(own apt-cache depends libstd-rust-web-dev | grep -o 'libstd-rust-web-[0-9.]*$' | head -n 1)
test -n "$std" || lacks "Debian $SUITE 中没有 libstd-rust-web-dev" \
  "Debian $SUITE has no libstd-rust-web-dev"
# shellcheck disable=SC2046 # the list is meant to be split
(cd "$apt" && own apt-get download rustc-web rust-web-src libstd-rust-web-dev $(needed_by "$std"))
echo "Rust for other targets: unpacking into target/rust-web"
for package in "$apt"/*.deb; do
  dpkg-deb --extract "$package" "$fresh"
  rm "$package"
done
rm -rf "$root" "$apt"
mv "$fresh" "$root"
echo "$stamp" > "$root/.stamp"
