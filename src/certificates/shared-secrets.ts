import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CERT_MANAGER_GROUP } from './certificate-issuer-base';
import { Mistake } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const SECRET_SHARED = defineRule({
  id: 'CERT-SECRET-SHARED',
  level: RuleLevel.ERROR,
  statement: 'A Secret is written by one Certificate of its namespace, and by nothing else.',
  source: 'Of two Certificates with one Secret, cert-manager serves none or one: https://github.com/cert-manager/cert-manager/issues/4846, https://github.com/cert-manager/cert-manager/issues/6992',
});

const checkedApps = new WeakSet<IConstruct>();

/** Checks who writes the Secrets of an app, whoever described them. Asking again changes nothing. */
export function checkSecretsOfApp(scope: Construct): void {
  const app = scope.node.root as Construct;
  if (checkedApps.has(app)) return;
  checkedApps.add(app);
  checkAtSynth(app, SECRET_SHARED, () => sharedSecrets(app.node.findAll().filter(ApiObject.isApiObject)));
}

function sharedSecrets(objects: ApiObject[]): Mistake[] {
  const writers = new Map<string, ApiObject[]>();
  for (const object of objects) {
    const secretName = writtenSecret(object);
    if (secretName === undefined) continue;
    const secret = `${object.metadata.namespace ?? ''}/${secretName}`;
    writers.set(secret, [...writers.get(secret) ?? [], object]);
  }
  return [...writers].filter(([, [first, ...others]]) => [first, ...others].some(({ kind }) => kind === 'Certificate') && others.length > 0).map(([secret, all]) => ({
    what: `Secret '${secret.slice(secret.indexOf('/') + 1)}' is written ${all.length} times: by ${all.map(({ kind, node }) => `the ${kind} ${node.path}`).join(', ')}`,
    allowed: 'one Certificate, and nothing else',
    fix: 'give one of them another secretName',
  }));
}

function writtenSecret(object: ApiObject): string | undefined {
  if (object.kind === 'Certificate' && object.apiGroup === CERT_MANAGER_GROUP) return object.toJson().spec?.secretName;
  return object.kind === 'Secret' && object.apiVersion === 'v1' ? object.name : undefined;
}
