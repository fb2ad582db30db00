#!/bin/sh
# Runs a command of the Swift tool chain that install.sh unpacks, in the package's folder.
#
# usage: swift.sh COMMAND [ARGUMENT…], such as `swift.sh swift test`
#
# The repository is seen at /src in there, and what is mounted goes with the process: a private
# mount namespace leaves nothing behind. Works as root and as a plain user (user namespaces).
# ANGEN_… variables are passed on; everything else starts from nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
root=${ANGEN_SWIFT_ROOT:-$top/target/swift-root}
sh "$here/install.sh"

user=
if [ "$(id -u)" != 0 ]; then
  user="--user --map-root-user"
fi
# /proc: the loader finds libraries beside a program through it. Outside a namespace of its own
# a plain user may bind /dev only with all that is mounted below it.
# shellcheck disable=SC2086,SC2016 # $user is words or nothing; the script is expanded inside
exec unshare $user --fork --kill-child --pid --mount sh -c '
  set -eu
  root=$1; top=$2; shift 2
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$top" "$root/src"
  own=$(env | grep -E "^ANGEN_[A-Z_]+=[^ ]*$" || true)
  exec chroot "$root" env -i HOME=/tmp PATH=/usr/bin:/bin LANG=C.UTF-8 $own \
    sh -c "cd /src/ios-shell && exec \"\$@\"" sh "$@"
' sh "$root" "$top" "$@"
