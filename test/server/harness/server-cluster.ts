import { NatsVersion } from './binaries';
import { freePorts } from './free-ports';
import { NatsProcess } from './nats-process';

/** Starts three servers that know each other, called a, b and c, and waits for the leader of their JetStream. */
export async function startCluster(version: NatsVersion, config: string): Promise<NatsProcess[]> {
  const ports = await freePorts(3);
  const routes = ports.map((port) => `"nats-route://127.0.0.1:${port}"`).join(', ');
  const servers = await Promise.all(ports.map((port, index) => NatsProcess.start({
    version, config: `server_name: ${'abc'[index]}\ncluster { name: three, listen: "127.0.0.1:${port}", routes: [ ${routes} ] }\n${config}`,
  })));
  await Promise.all(servers.map((server) => server.waitForLog(/JetStream cluster (new )?metadata leader/, { timeout: 60_000 })));
  return servers;
}
