/** What stands on this machine for what a pod's configuration names. */
export interface LocalPlaces {
  /** Port of a listener of the pod -> port here; -1 lets the server choose. */
  readonly ports: { readonly [podPort: number]: number };
  /** `host:port` here for the one that servers dial or advertise. */
  readonly addressOf?: (podAddress: string) => string | undefined;
  /** Folder or file of the pod -> the same here; the longest that fits counts. */
  readonly paths?: { readonly [podPath: string]: string };
}

const PORT = /^( *)(port|http_port|https_port|prof_port): (\d+)$/;
const PATH = /^( *(?:store_dir|pid_file|log_file|ports_file_dir|cert_file|key_file|ca_file|dir|credentials|keys_file|local_store): )"(\/.*)"$/;
const ADVERTISED = /^( *(?:client_advertise|advertise): )"(.*)"$/;
/** What servers dial; origins of browsers are http and https. */
const URLS = /("(?:nats|tls|ws|wss):\/\/(?:[^"@/]*@)?)([^"@/]+)/g;

/**
 * Moves a nats.conf that `renderConf` wrote from a pod to this machine: listeners bind 127.0.0.1 and the given ports, addresses and absolute
 * paths are replaced as told, and all else stays byte for byte. A port, address or path for which there is no place throws, because
 * the server would use the pod's.
 *
 * It works on text: the writer gives each option one spelling and a line of its own.
 */
export function localConfig(rendered: string, places: LocalPlaces): string {
  return rendered.split('\n').flatMap((line) => {
    if (/^ *host:/.test(line)) return [];
    const port = PORT.exec(line);
    if (port) return localPort(port, places);
    const path = PATH.exec(line);
    if (path) return [`${path[1]}"${localPath(path[2], places)}"`];
    const advertised = ADVERTISED.exec(line);
    if (advertised) return [`${advertised[1]}"${localAddress(advertised[2], places)}"`];
    return [line.replace(URLS, (_, before: string, address: string) => before + localAddress(address, places))];
  }).join('\n');
}

/** `port` is the one listener option that each block has, so the host goes beside it; the monitor binds the client listener's host. */
function localPort([, indent, option, port]: RegExpExecArray, { ports }: LocalPlaces): string[] {
  const local = known(ports[Number(port)], 'port', port);
  return [...option === 'port' ? [`${indent}host: "127.0.0.1"`] : [], `${indent}${option}: ${local}`];
}

function localAddress(address: string, { addressOf }: LocalPlaces): string {
  return known(addressOf?.(address), 'address', address);
}

function localPath(path: string, { paths = {} }: LocalPlaces): string {
  const fitting = Object.keys(paths).filter((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return known(paths[longest], 'path', path) + path.slice(longest.length);
}

function known<T>(place: T | undefined, kind: string, given: string): T {
  if (place === undefined) throw new Error(`the configuration names the ${kind} ${given}, for which there is no place on this machine`);
  return place;
}
