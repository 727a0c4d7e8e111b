import { secretsOfRemote } from './leaf-node-remotes';
import { URL_SECRET_VALUE } from './server-credentials';
import { SecretKey } from '../../core/secret-key';
import { SECRET_VALUE } from '../auth/secret-variables';
import { ClusterState } from '../cluster-state';

/** A Secret that a listener needs: what for, and what its value must look like. */
export interface ListenerSecret {
  readonly secret: SecretKey;
  readonly use: string;
  readonly value: string;
}

/** The Secrets of routes, gateways and leaf nodes; those of gateways that are added later come with them. */
export function secretsOfListeners({ routes, gateway, leafNodes }: ClusterState): ListenerSecret[] {
  const found: [secret: SecretKey | undefined, use: string, value: string][] = [
    [routes.authorization?.password, 'routes', URL_SECRET_VALUE],
    [gateway?.options.authorization?.password, 'gateways', URL_SECRET_VALUE],
    ...(leafNodes?.users ?? []).map(({ user, password }): [SecretKey, string, string] => [password, `leaf node user ${user}`, SECRET_VALUE]),
    ...(leafNodes?.remotes ?? []).map(secretsOfRemote).flatMap(({ credentials, nkey, password, proxyPassword }): typeof found => [
      [credentials, 'leaf node remote', 'a credentials file'],
      [nkey, 'leaf node remote', 'an nkey seed, no newline at the end'],
      [password, 'leaf node remote', URL_SECRET_VALUE],
      [proxyPassword, 'proxy of a leaf node remote', SECRET_VALUE],
    ]),
  ];
  return found.flatMap(([secret, use, value]) => secret ? [{ secret, use, value }] : []);
}
