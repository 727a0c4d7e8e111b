import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { ContainerImage } from '../../core/container-image';
import { DEFAULT_IMAGES } from '../../core/default-images';

/** The images of a cluster's pods. */
export interface NatsImages {
  /**
   * Registry of all images that name none themselves.
   * @default - the container runtime's
   */
  readonly registry?: string;
  /**
   * Names of the Secrets with which the images are pulled.
   * @default - none
   */
  readonly pullSecrets?: string[];
  /**
   * The server. The image needs a shell and `sleep`, as the alpine ones have: the pod checks its secrets before the server starts, and lets
   * lame duck mode begin before it stops.
   * @default - nats:2.14.2-alpine
   */
  readonly server?: ContainerImage;
  /**
   * The sidecar that reloads the configuration.
   * @default - natsio/nats-server-config-reloader:0.23.0
   */
  readonly reloader?: ContainerImage;
  /**
   * The Prometheus exporter.
   * @default - natsio/prometheus-nats-exporter:0.20.1
   */
  readonly exporter?: ContainerImage;
  /**
   * The toolbox.
   * @default - natsio/nats-box:0.19.7
   */
  readonly natsBox?: ContainerImage;
}

const defaults = {
  server: DEFAULT_IMAGES.natsServer,
  reloader: DEFAULT_IMAGES.configReloader,
  exporter: DEFAULT_IMAGES.prometheusExporter,
  natsBox: DEFAULT_IMAGES.natsBox,
};

/** The part of a container that names its image. */
export function renderImage(images: NatsImages, container: keyof typeof defaults): Pick<k8s.Container, 'image' | 'imagePullPolicy'> {
  const image = images[container] ?? defaults[container];
  return { image: image.reference(images.registry), imagePullPolicy: image.options.pullPolicy };
}

export function renderPullSecrets(images: NatsImages): k8s.LocalObjectReference[] | undefined {
  return images.pullSecrets?.map((name) => ({ name }));
}
