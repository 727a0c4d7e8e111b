import { ResolvedRemote } from './leaf-node-remotes';
import { URL_SECRET_VALUE } from './server-credentials';
import { ClusterState } from '../cluster-state';
import { needed, NeededSecret } from '../needed-secret';
import { secretsOfClientTls } from '../tls/required-tls-secrets';

/** The Secrets of routes, gateways and leaf nodes; those of gateways that are added later come with them. */
export function secretsOfListeners({ routes, gateway, leafNodes, leafRemotes }: ClusterState): NeededSecret[] {
  return [
    ...needed(routes.authorization?.password, 'routes', URL_SECRET_VALUE),
    ...needed(gateway?.options.authorization?.password, 'gateways', URL_SECRET_VALUE),
    ...(leafNodes?.users ?? []).flatMap(({ user, password }) => needed(password, `leaf node user ${user}`)),
    ...leafRemotes.flatMap(secretsOfRemote),
  ];
}

function secretsOfRemote({ options: { credentials, nkey, password, proxy }, tls, proxyTls }: ResolvedRemote): NeededSecret[] {
  const use = 'leaf node remote';
  return [
    ...needed(credentials, use, 'a credentials file'),
    ...needed(nkey, use, 'an nkey seed, no newline at the end'),
    ...needed(password, use, URL_SECRET_VALUE),
    ...needed(proxy?.password, `proxy of a ${use}`),
    ...[tls, proxyTls].flatMap((client) => client ? secretsOfClientTls(use, client) : []),
  ];
}
