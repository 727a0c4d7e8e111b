#!/bin/sh
# Runs the tests of pods in network, mount and process namespaces of their own: whatever they leave behind ends with these.
#
#   run.sh JEST-ARGUMENTS...
set -eu
cd "$(dirname "$0")/../../.."
if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then
  echo "the tests of pods need Linux and root, because pods have namespaces: run them as root, or leave npm run test:pods out" >&2
  exit 1
fi
for program in unshare nsenter setpriv ip mount; do
  command -v "$program" >/dev/null || { echo "the tests of pods need $program: install util-linux and iproute2" >&2; exit 1; }
done
npx tsx test/cluster/pods/build.ts
unshare --net --mount --pid --fork --kill-child --mount-proc sh -c '
  ip link set lo up
  mount -t tmpfs tmpfs /mnt
  TMPDIR=/mnt exec node node_modules/.bin/jest --ci --runInBand --testPathIgnorePatterns /node_modules/ --testPathPatterns test/cluster/pods "$@"
' jest "$@" &
world=$!
# The first process of a namespace hears of no signal that it does not ask for; with it, all others end.
trap 'kill -KILL "$world"' INT TERM
wait "$world"
