import { includedPassword } from './auth/included-secrets';
import { NatsUser } from './auth/nats-user';
import { ClusterState } from './cluster-state';
import { secretsOfExtraConfig } from './config/extra-config';
import { secretsOfListeners } from './config/listener-secrets';
import { needed, NeededSecret } from './needed-secret';
import { secretsOfClientTls, secretsOfTls } from './tls/required-tls-secrets';

/** The Secrets that the servers of a cluster need; those of users, and of gateways, come with them. */
export function secretsOfCluster(state: ClusterState): NeededSecret[] {
  const { auth: { token, include, operator }, jetStream, extraConfig, pod, images, tls } = state;
  const { key, previousKey } = jetStream?.options.encryption ?? {};
  return [
    ...needed(token, 'token'),
    ...needed(include, 'authorization', 'the content of the block authorization'),
    ...operator?.resolver._tls ? secretsOfClientTls('account server', operator.resolver._tls) : [],
    ...needed(key, 'JetStream encryption'),
    ...needed(previousKey, 'JetStream encryption'),
    ...secretsOfListeners(state),
    ...secretsOfTls(tls),
    ...secretsOfExtraConfig(extraConfig).flatMap((secret) => needed(secret, 'extraConfig')),
    ...(pod.env ?? []).flatMap(({ variableName, _secret }) => needed(_secret, `variable ${variableName}`, 'as the variable needs it')),
    ...(pod.volumes ?? []).flatMap(({ _volume: { secret } }) =>
      secret?.secretName ? needed({ secretName: secret.secretName, key: '(its files)' }, 'volume', 'as the volume needs it') : []),
    ...(images.pullSecrets ?? []).flatMap((secretName) => needed({ secretName, key: '.dockerconfigjson' }, 'image pulls', 'registry credentials')),
  ];
}

/** The Secrets by which a user logs in. */
export function secretsOfUser(user: NatsUser): NeededSecret[] {
  const use = `user ${user.userName}`;
  return [
    ...needed(user._password, use),
    ...user._passwordInclude ? needed(user._passwordInclude, use, `${includedPassword(user).name}: "<password>"`) : [],
  ];
}
