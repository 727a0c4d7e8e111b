import { IConstruct } from 'constructs';
import { CertificateProps } from './certificate-props';
import { Lifetime } from './content/lifetime';

/** A certificate with its defaults, every single value checked. */
export interface CertificateState {
  /** Path of its construct, for messages. */
  readonly path: string;
  readonly name: string;
  readonly namespace?: string;
  readonly secretName: string;
  readonly lifetime: Lifetime;
  readonly props: CertificateProps;
}

/** The certificates of each app, by the name of their Secret. */
const certificates = new WeakMap<IConstruct, Map<string, CertificateState[]>>();

/** Remembers a certificate, so that others of its app can be judged by it. */
export function remember(scope: IConstruct, state: CertificateState): void {
  const ofApp = certificates.get(scope.node.root) ?? new Map<string, CertificateState[]>();
  certificates.set(scope.node.root, ofApp);
  ofApp.set(state.secretName, [...ofApp.get(state.secretName) ?? [], state]);
}

/** The certificates of an app that write a Secret of this name, in whatever namespace. */
export function writersOf(scope: IConstruct, secretName: string): CertificateState[] {
  return certificates.get(scope.node.root)?.get(secretName) ?? [];
}
