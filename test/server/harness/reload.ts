import { NatsProcess } from './nats-process';

export interface ReloadVerdict {
  readonly verdict: 'reloaded' | 'refused' | 'died';
  /** What the server said when it refused. */
  readonly reason?: string;
}

const LONGEST_RELOAD = 10_000;

/**
 * Gives a running server a new nats.conf and tells what it makes of it. A server that refuses keeps the old configuration; its file is
 * the new one all the same. Needs the server's monitor.
 */
export async function reloadConfig(server: NatsProcess, config: string): Promise<ReloadVerdict> {
  let died = false;
  void server.exit.then(() => { died = true; });
  const before = await loadTime(server);
  const since = server.log.length;
  server.write('nats.conf', config);
  server.signal('SIGHUP');
  for (const deadline = Date.now() + LONGEST_RELOAD; Date.now() < deadline;) {
    const refusal = /Failed to reload server configuration: (.*)/.exec(server.log.slice(since));
    if (refusal) return { verdict: 'refused', reason: refusal[1] };
    // The log may be the very thing that moved.
    if (await loadTime(server).catch(() => before) !== before) return { verdict: 'reloaded' };
    if (died) return { verdict: 'died' };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the server has neither reloaded nor refused within ${LONGEST_RELOAD} ms:\n${server.log.slice(since)}`);
}

async function loadTime(server: NatsProcess): Promise<string> {
  const response = await fetch(`${server.monitorUrl}/varz`, { signal: AbortSignal.timeout(LONGEST_RELOAD) });
  return (await response.json() as { config_load_time: string }).config_load_time;
}
