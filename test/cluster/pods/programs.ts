import { join } from 'path';
import { natsExporter } from '../../prometheus/harness/binaries';
import { natsServer } from '../../server/harness/binaries';
import { goBinary } from '../../server/harness/go-binary';
import { certManager, etcd, jetStreamController, kubeApiServer, kubeControllerManager, kubeScheduler, kwok } from '../harness/binaries';

/** What an image holds: its programs, by their path in it, and what it runs without a command. */
export interface Image {
  readonly files: { readonly [path: string]: string };
  readonly entrypoint: string[];
}

/** The images that can really be run, by the beginning of their names. */
const images: { readonly [name: string]: () => Image } = {
  'nats:2.14.2-alpine': () => ({ files: { '/programs/nats-server': natsServer('2.14.2') }, entrypoint: ['nats-server'] }),
  'natsio/jetstream-controller:0.23.0': () => ({ files: { '/jetstream-controller': jetStreamController() }, entrypoint: ['/jetstream-controller'] }),
  'natsio/prometheus-nats-exporter:0.20.1': () => ({ files: { '/prometheus-nats-exporter': natsExporter() }, entrypoint: ['/prometheus-nats-exporter'] }),
  'natsio/nats-server-config-reloader:0.23.0': () => ({ files: { '/programs/nats-server-config-reloader': reloader() }, entrypoint: ['nats-server-config-reloader'] }),
};

/** An image, or undefined for one whose containers are only said to run. */
export function imageOf(name: string): Image | undefined {
  return images[name]?.();
}

function reloader(): string {
  return goBinary({
    name: 'nats-server-config-reloader',
    version: '0.23.0',
    module: join(__dirname, '../../../tools/cluster/nack'),
    goPackage: 'github.com/nats-io/nack/cmd/nats-server-config-reloader',
  });
}

/** Builds all that is run: the namespaces of the tests have no network to fetch modules by. */
export function buildAll(): void {
  for (const build of [etcd, kubeApiServer, kubeControllerManager, kubeScheduler, kwok, certManager]) build();
  for (const name of Object.keys(images)) imageOf(name);
}
