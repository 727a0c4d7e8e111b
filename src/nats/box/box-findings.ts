import { Construct } from 'constructs';
import { contextsOf, hasOwnContext, NatsBoxState } from './nats-box';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { CERTIFICATE_USAGE, certificatesIn, clientCertificateFindings } from '../certificates/certificate-rules';
import { namesIn, userNamedBy } from '../certificates/certificate-user';
import { ClusterState } from '../cluster-state';
import { verifiesPeers } from '../tls/listener-tls';
import { BOX_CERTIFICATE } from '../tls/tls-rules';

export const BOX_USER = defineRule({
  id: 'NATS-BOX-USER',
  level: RuleLevel.ERROR,
  statement: 'Where users log in, the nats-box says as which one: one with a password in a Secret, or one whom its certificate names; where certificates are mapped to users, its certificate names that user.',
  source: 'nats-box: the command line tool logs in with a token, or a user name and its password',
});

/** Checks at synth that the servers let the nats-box in. */
export function checkNatsBox(scope: Construct, box: NatsBoxState, state: ClusterState): void {
  checkAtSynth(scope, BOX_USER, () => [...userFindings(box, state), ...namedFindings(scope, box, state)]);
  checkAtSynth(scope, BOX_CERTIFICATE, () => certificateFindings(box, state));
  checkAtSynth(scope, CERTIFICATE_USAGE, () => contextsOf(box, state, '').flatMap(({ name, tls: { certificate } }) =>
    clientCertificateFindings(scope, name === 'default' ? 'natsBox.certificate' : `natsBox.contexts['${name}'].certificate`, certificate?.cert, state.namespace)));
}

function userFindings({ options }: NatsBoxState, { auth }: ClusterState): Mistake[] {
  if (!hasOwnContext(options)) return options.user === undefined ? [] : [{ what: `natsBox.user is '${options.user}', but contexts say as whom it logs in`, fix: 'leave it out' }];
  if (auth.operator) return [{ what: 'natsBox has no credentials, and the servers are in operator mode', fix: 'give contexts: [{ name: \'default\', credentials: SecretKey.fromName(...) }]' }];
  const user = auth.users.find(({ userName }) => userName === options.user);
  const names = auth.users.map(({ userName }) => userName);
  if (auth.users.length === 0) {
    return options.user === undefined ? [] : [{ what: `natsBox.user is '${options.user}', but the cluster has no users`, fix: 'leave it out' }];
  }
  if (!user) {
    return [{ what: `natsBox.user is ${options.user === undefined ? 'not given' : `'${options.user}'`}`, allowed: names.sort().join(', ') || 'a user of the cluster', fix: 'name one of the users' }];
  }
  return user._password || user._certificateSubject ? [] : [{
    what: `natsBox.user '${user.userName}' has neither a password in a Secret nor a certificate`, fix: 'name a user who has, or give contexts',
  }];
}

/** Findings about certificates that the servers map to somebody else than the user of the context, or to nobody. */
function namedFindings(scope: Construct, box: NatsBoxState, state: ClusterState): Mistake[] {
  const { auth, tls: { client }, namespace } = state;
  if (!client?.options.verifyAndMap) return [];
  const { user: ownUser, contexts = [] } = box.options;
  const userNames = new Map([['default', ownUser], ...contexts.map(({ name, user }): [string, string | undefined] => [name, user])]);
  const identities = auth.users.map(({ _identity }) => _identity);
  return contextsOf(box, state, '').filter(({ url }) => url === '').flatMap(({ name, tls: { certificate } }) => {
    const user = auth.users.find(({ userName }) => userName === userNames.get(name));
    if (!user) return [];
    const others = certificatesIn(scope, certificate?.cert, namespace).filter(({ props }) => userNamedBy(props, identities) !== user._identity);
    return others.map(({ path, props }) => ({
      what: `natsBox logs in as '${user._identity}' in its context '${name}', and its certificate ${path} is that of ${namesIn(props).join(', ') || 'nobody'}`,
      allowed: `a certificate with the name '${user._identity}', before those of other users`,
      fix: 'give certificate: NatsClientCertificate.fromCertificate(...) of one with this name, as certificates.addClient of the cluster makes it',
    }));
  });
}

function certificateFindings(box: NatsBoxState, state: ClusterState): Mistake[] {
  const { client } = state.tls;
  if (client && verifiesPeers(client)) {
    const without = contextsOf(box, state, '').filter(({ url, tls }) => url === '' && !tls.certificate);
    return without.map(({ name }) => ({
      what: `natsBox has no certificate for its context '${name}', but the servers verify certificates of clients`, fix: 'give certificate: NatsClientCertificate.fromSecret(\'<secret>\')',
    }));
  }
  return box.options.certificate ? [{ what: 'natsBox.certificate is given, but the servers verify no certificates of clients', fix: 'leave it out, or set verify: true in tls' }] : [];
}
