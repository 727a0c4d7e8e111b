import { Construct } from 'constructs';
import { contextsOf, hasOwnContext, NatsBoxState } from './nats-box';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { CERTIFICATE_USAGE, clientCertificateFindings } from '../certificates/certificate-rules';
import { ClusterState } from '../cluster-state';
import { verifiesPeers } from '../tls/listener-tls';
import { BOX_CERTIFICATE } from '../tls/tls-rules';

export const BOX_USER = defineRule({
  id: 'NATS-BOX-USER',
  level: RuleLevel.ERROR,
  statement: 'Where users log in, the nats-box says as which one: one with a password in a Secret, or one that its certificate names.',
  source: 'nats-box: the command line tool logs in with a token, or a user name and its password',
});

/** Checks at synth that the servers let the nats-box in. */
export function checkNatsBox(scope: Construct, box: NatsBoxState, state: ClusterState): void {
  checkAtSynth(scope, BOX_USER, () => userFindings(box, state));
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
