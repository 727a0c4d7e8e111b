#!/bin/sh
# Runs a command in network, mount and process namespaces of its own, where pods can be made: whatever it leaves behind ends with these, however it ends.
#
#   world.sh COMMAND ARGUMENTS...
set -eu
if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then
  echo "pods have namespaces, which only Linux has and only root makes: run this on Linux as root, or leave npm run test:pods and npm run test:faults out" >&2
  exit 1
fi
for program in unshare nsenter setpriv ip mount; do
  command -v "$program" >/dev/null || { echo "pods need $program, which is not on PATH: install util-linux and iproute2" >&2; exit 1; }
done
# Each of these processes ends with the one that started it, even where that one is killed.
if [ -z "${TOLD_OF_THE_END:-}" ]; then TOLD_OF_THE_END=1 exec setpriv --pdeathsig TERM "$0" "$@"; fi
unset TOLD_OF_THE_END

cd "$(dirname "$0")/../../.."
# There is no network in there to fetch modules by.
node --import tsx test/cluster/pods/build.ts
setpriv --pdeathsig KILL unshare --net --mount --pid --fork --kill-child --mount-proc sh -c '
  ip link set lo up
  mount -t tmpfs tmpfs /mnt
  TMPDIR=/mnt exec "$@"
' world "$@" &
world=$!
# The first process of a namespace hears of no signal that it does not ask for; with it, all others end.
trap 'kill -KILL "$world"; wait "$world"' INT TERM
wait "$world"
