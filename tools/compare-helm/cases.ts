import { NatsClusterProps } from '../../src';

/** What one of the chart's own tests gives it, in the chart's words and in ours. */
export interface TranslatedCase {
  readonly values: object;
  readonly props: NatsClusterProps;
}

/** The chart's tests by name. */
export const TRANSLATED: { readonly [test: string]: TranslatedCase } = {
  TestDefaultValues: {
    values: {},
    props: { replicas: 1 },
  },
  TestConfigJetStreamCluster: {
    values: { config: { cluster: { enabled: true }, jetstream: { enabled: true } } },
    props: { jetStream: {} },
  },
};

/** The chart's tests for which there are no props, by name, with what is missing. */
export const NOT_COVERED_YET: { readonly [test: string]: string } = {
  TestConfigOptions: 'credentials of routes, account resolver',
  TestPorts: 'leaf nodes, WebSocket, MQTT, gateways, profiling, host ports, NodePort',
  TestConfigTls: 'TLS of the listeners',
};
