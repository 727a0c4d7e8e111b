import { ClusterState } from '../cluster-state';
import { ServerConfig } from '../config/server-config';

/**
 * Refuses a secret with which the server would start open (an empty one), would refuse every login (a newline at the end, which the password
 * then contains), or would not start (a quote). It runs in the server's own container, not in an init container, because a container
 * that restarts reads its Secrets anew and init containers do not run again.
 *
 * Kubernetes replaces `$(NAME)` and `$$` in a command: neither may occur here.
 */
const REFUSE_BAD_SECRETS = `refuse() {
  echo "nats-server is not started: $1" >&2
  exit 1
}
check() {
  case "$1" in
    "") refuse "$2 is empty" ;;
    *"'"*) refuse "$2 contains a single quote" ;;
    *"
") refuse "$2 ends with a newline" ;;
  esac
}`;

/** A URL that does not parse ends the server, and it writes it into the log with the password. */
const REFUSE_BAD_URL_SECRETS = `check_url() {
  case "$1" in
    "") refuse "$2 is empty" ;;
    *[!A-Za-z0-9._~-]*) refuse "$2 stands in a URL, and has other characters than letters, digits, -, _, . and ~" ;;
  esac
}`;

/** With an empty password, whoever knows the user's name gets in. */
const REFUSE_EMPTY_PASSWORDS = `check_file() {
  grep -Eq "^[[:space:]]*$2([[:space:]]*[:=][[:space:]]*|[[:space:]]+)(\\"[^\\"]|'[^']|[^\\"':=[:space:]])" "$1" ||
    refuse "$3 does not define $2 as a text that is not empty"
}`;

/** Refuses an included authorization block in which nobody is named, with which a server would start open. */
const REFUSE_OPEN_BLOCK = `check_block() {
  test -s "$1" || refuse "$2 is empty"
  grep -Ev '^[[:space:]]*(#|//)' "$1" | grep -Eqi '(^|[[:space:],;{"])(token|user|username|users)["[:space:]:={[]' || refuse "$2 names no token and no user"
}`;

/** The command of the server's container; absent where there is nothing to check before the server starts. */
export function startCommand(state: ClusterState, { secrets, included }: Pick<ServerConfig, 'secrets' | 'included'>): string[] | undefined {
  const checks = [
    ...secrets.checks(),
    ...included.checks(),
    ...state.zoneTag ? ['check "$POD_ZONE" "the pod label topology.kubernetes.io/zone, which Kubernetes sets from 1.35,"'] : [],
  ];
  if (checks.length === 0) return undefined;
  const needs = (name: string, definition: string) => checks.some((line) => line.startsWith(`${name} `)) ? [definition] : [];
  const definitions = [
    REFUSE_BAD_SECRETS, ...needs('check_url', REFUSE_BAD_URL_SECRETS), ...needs('check_file', REFUSE_EMPTY_PASSWORDS), ...needs('check_block', REFUSE_OPEN_BLOCK),
  ];
  return ['/bin/sh', '-c', [...definitions, ...checks, 'exec nats-server "$@"'].join('\n'), 'nats-server'];
}
