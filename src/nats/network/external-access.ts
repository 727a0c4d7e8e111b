import { NatsServiceOptions } from './services';

/**
 * A Service for those outside the Kubernetes cluster, besides the one that clients inside dial. Give `clientAdvertise` with `routes.advertise`, so that
 * clients outside do not learn addresses of pods.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 */
export interface NatsExternalAccess extends NatsServiceOptions {
  /**
   * Name of the Service.
   * @default - name of the cluster, and `-external`
   */
  readonly name?: string;
}
