import { App } from 'cdk8s';
import { issuedSecrets } from './cert-manager';
import { Secrets } from './pod';
import { RequiredSecrets } from '../../../src';
import { Manifests } from '../../support';

/** What the pods of an app find in the Kubernetes cluster. */
export interface Surroundings {
  readonly manifests: Manifests;
  readonly secrets: Secrets;
}

/** The objects of an app, the Secrets that it says must exist, each key with the exact value that it asks for or the one given, and those that cert-manager makes. */
export function surroundingsOf(app: App, valueOf: (secretName: string) => string = () => 'secret'): Surroundings {
  const manifests = Manifests.ofApp(app);
  const secrets: { [secret: string]: { [key: string]: string } } = { ...issuedSecrets(manifests.all) };
  for (const { secretName, key, value } of RequiredSecrets.of(app)) {
    secrets[secretName] = { ...secrets[secretName], [key]: /^exactly: (.*)$/.exec(value)?.[1] ?? valueOf(secretName) };
  }
  return { manifests, secrets };
}
