import { ContainerImage } from './container-image';

/**
 * The versions of all images that the constructs use unless told otherwise: those that the official charts of this server pin.
 * @see https://github.com/nats-io/k8s/blob/main/helm/charts/nats/values.yaml
 * @see https://github.com/nats-io/k8s/blob/main/helm/charts/nack/values.yaml
 */
export const DEFAULT_IMAGES = {
  natsServer: ContainerImage.of('nats', { tag: '2.14.2-alpine' }),
  natsBox: ContainerImage.of('natsio/nats-box', { tag: '0.19.7' }),
  configReloader: ContainerImage.of('natsio/nats-server-config-reloader', { tag: '0.23.0' }),
  jetStreamController: ContainerImage.of('natsio/jetstream-controller', { tag: '0.23.0' }),
  prometheusExporter: ContainerImage.of('natsio/prometheus-nats-exporter', { tag: '0.20.1' }),
};
