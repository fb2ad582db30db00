#!/bin/sh
# Unpacks Debian's Swift for Linux into a folder of its own: nothing on the host changes.
#
# usage: install.sh [--start]
#
# Swift needs a newer C library than an older Debian has, so it gets a small root folder with its
# own, and swift.sh runs it in there. Packages come from the host's own Debian source and are
# checked against the host's Debian keys; no script of a package is run. Works as root and as a
# plain user (user namespaces). It takes 550 MB of download and 1.9 GB of disk, once.
#
# The folder is ANGEN_SWIFT_ROOT, or target/swift-root. The stamp in it is written last and holds
# the digest of this script's commands: what a cut left behind, or another version made, is done
# again. `--start` works in the background, into a log beside the folder: a test run has other
# things to build meanwhile. Whoever needs Swift calls this again, and waits for it.
set -eu

SUITE=trixie
PACKAGES="swiftlang libc6-dev libstdc++-14-dev base-files libc-bin bash dash coreutils sed grep"
KEYS=/usr/share/keyrings/debian-archive-keyring.gpg

here=$(cd "$(dirname "$0")" && pwd)
root=${ANGEN_SWIFT_ROOT:-$here/../../target/swift-root}
stamp=$(grep -v '^ *#' "$here/install.sh" | sha256sum | cut -c 1-64)

is_there() {
  [ "$(cat "$root/.stamp" 2>/dev/null || true)" = "$stamp" ]
}
if is_there; then
  exit 0
fi
mkdir -p "$(dirname "$root")"
if [ "${1:-}" = --start ]; then
  setsid sh "$here/install.sh" > "$root.log" 2>&1 < /dev/null &
  exit 0
fi
# Owners of files and ldconfig need root, or a namespace in which this user is root.
if [ "$(id -u)" != 0 ]; then
  exec unshare --user --map-root-user sh "$here/install.sh"
fi
# One at a time. Who waited finds it done.
exec 9> "$root.lock"
flock 9
if is_there; then
  exit 0
fi

# The archive of the host's own Debian source, whatever its format and name.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Component: main' |
  grep -E '/debian/?$' | head -n 1)
if [ -z "$mirror" ]; then
  echo "找不到 Debian 软件源；no Debian source (…/debian) is configured for apt" >&2
  exit 1
fi

apt=$root.apt
fresh=$root.new
rm -rf "$apt" "$fresh"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
: > "$apt/status"
echo "deb [signed-by=$KEYS] $mirror $SUITE main" > "$apt/sources.list"

# apt with a state of its own. Of the host's settings only a proxy is taken over.
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"
own_apt() {
  apt-get -q=2 -o Dir::State="$apt" -o Dir::State::Lists="$apt/lists" \
    -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o Dir::Etc::parts=/dev/null \
    -o Acquire::http::Proxy="$proxy" -o Acquire::Languages=none -o Acquire::Retries=3 \
    -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0 -o APT::Install-Recommends=0 "$@"
}
echo "Swift: fetching from Debian $SUITE (about 550 MB)"
own_apt update
# shellcheck disable=SC2086 # the list is meant to be split
own_apt --yes --download-only install $PACKAGES

# /bin and its like are links before the first package could make folders of them.
mkdir -p "$fresh/usr/bin" "$fresh/usr/sbin" "$fresh/usr/lib" "$fresh/usr/lib64" \
  "$fresh/proc" "$fresh/dev" "$fresh/tmp" "$fresh/root" "$fresh/src"
for folder in bin sbin lib lib64; do
  ln -s "usr/$folder" "$fresh/$folder"
done
echo "Swift: unpacking into $root"
for package in "$apt"/cache/archives/*.deb; do
  # Debuggers, editors' servers, static libraries and texts: a third of it, none of it used here.
  dpkg-deb --fsys-tarfile "$package" |
    tar -x -C "$fresh" --keep-directory-symlink --no-same-owner \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
      --exclude='./usr/share/locale/*' --exclude='./usr/libexec/swift/lib/liblldb*' \
      --exclude='./usr/libexec/swift/lib/swift_static*' \
      --exclude='./usr/libexec/swift/bin/*lldb*' --exclude='./usr/libexec/swift/bin/clangd' \
      --exclude='./usr/libexec/swift/bin/sourcekit-lsp' --exclude='./usr/libexec/swift/bin/docc' \
      --exclude='./usr/libexec/swift/share/doc*'
  rm "$package"
done
ln -sf bash "$fresh/usr/bin/sh"
ln -sf /usr/libexec/swift/bin/swift "$fresh/usr/bin/swift"
chroot "$fresh" /sbin/ldconfig

rm -rf "$root" "$apt"
mv "$fresh" "$root"
echo "$stamp" > "$root/.stamp"
