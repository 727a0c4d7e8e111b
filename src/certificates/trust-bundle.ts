import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DEFAULT_CLUSTER_RESOURCE_NAMESPACE } from './certificate-issuer';
import { TRUST_KEY, TRUST_SOURCE, TrustSource } from './trust-source';
import { clusterObject } from '../core/kube-object';
import { DATA_KEY, DNS_LABEL, DNS_SUBDOMAIN, isName } from '../core/names';
import { requireSecret } from '../core/required-secrets';
import { defineRule, RuleLevel } from '../core/rule';
import { assertSecretKey } from '../core/secret-key';

export const TRUST_TARGET = defineRule({
  id: 'CERT-TRUST-TARGET',
  level: RuleLevel.ERROR,
  statement: 'A trust bundle says to which namespaces it goes, and under which key of its ConfigMap; it is not its own source.',
  source: 'https://cert-manager.io/docs/trust/trust-manager/api-reference/; trust-manager v0.24.0, pkg/webhook/validation.go: "cannot define the same source as target"',
});

/** Certificates that clients trust, and where they get them. */
export interface TrustBundleProps {
  /** What is distributed: 1 to 100 sources. Anything else throws, and so does a source with a private key. */
  readonly sources: TrustSource[];
  /**
   * Name of the Bundle and of the ConfigMap in each namespace. An invalid one throws.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Key of the ConfigMap.
   * @default ca.crt
   */
  readonly key?: string;
  /**
   * Namespaces that get the ConfigMap; it throws together with `namespaceLabels`, and an empty list throws.
   * @default - the chart's namespace, unless `namespaceLabels` is given; without either it throws
   */
  readonly namespaces?: string[];
  /**
   * Labels of the namespaces that get the ConfigMap; none (`{}`) mean all namespaces.
   * @default - `namespaces`
   */
  readonly namespaceLabels?: { [label: string]: string };
  /**
   * The namespace in which trust-manager reads sources: what its flag `--trust-namespace` says.
   * @default cert-manager
   */
  readonly trustNamespace?: string;
}

/**
 * Certificates of CAs that trust-manager distributes to the clients of many namespaces: never a private key, and not the Secret of a server, which
 * has one.
 *
 * It makes a Bundle of `trust.cert-manager.io/v1alpha1`, for clusters with trust-manager. Its CRD is not among those that this library knows, so
 * SchemaCheck does not look at it.
 *
 * @see https://cert-manager.io/docs/trust/trust-manager/
 */
export class TrustBundle extends Construct {
  /** Name of the ConfigMap in each namespace. */
  public readonly configMapName: string;
  /** Key of the ConfigMap with the certificates. */
  public readonly key: string;
  /** The Bundle. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: TrustBundleProps) {
    super(scope, id);
    this.configMapName = props.name ?? id;
    this.key = props.key ?? 'ca.crt';
    const namespaceSelector = this.namespaceSelector(props);
    const trustNamespace = props.trustNamespace ?? DEFAULT_CLUSTER_RESOURCE_NAMESPACE;
    this.check(props, trustNamespace);
    this.apiObject = clusterObject(this, 'Resource', {
      apiVersion: 'trust.cert-manager.io/v1alpha1',
      kind: 'Bundle',
      metadata: { name: this.configMapName },
      spec: { sources: props.sources.map(({ _spec }) => _spec), target: { configMap: { key: this.key }, namespaceSelector } },
    });
    for (const { _secret } of props.sources) {
      if (_secret) requireSecret(this, _secret, { namespace: trustNamespace, value: 'certificates in PEM form', usedBy: `Bundle ${this.configMapName}` });
    }
  }

  private check({ sources }: TrustBundleProps, trustNamespace: string): void {
    if (!isName(this.configMapName, DNS_SUBDOMAIN)) {
      throw TRUST_TARGET.error(this, {
        what: `the name '${this.configMapName}' of the bundle is invalid`,
        allowed: DNS_SUBDOMAIN.words,
      });
    }
    if (!isName(this.key, DATA_KEY)) throw TRUST_TARGET.error(this, { what: `key is '${this.key}'`, allowed: DATA_KEY.words });
    if (sources.length < 1 || sources.length > 100) throw TRUST_SOURCE.error(this, { what: `the bundle has ${sources.length} sources`, allowed: '1 to 100' });
    for (const source of sources) this.checkSource(source, trustNamespace);
    if (sources.filter(({ _spec }) => _spec.useDefaultCAs).length > 1) {
      throw TRUST_SOURCE.error(this, {
        what: 'TrustSource.defaultCas() is given twice',
        allowed: 'once',
      });
    }
  }

  private checkSource(source: TrustSource, trustNamespace: string): void {
    if (!(source instanceof TrustSource)) {
      throw TRUST_KEY.error(this, {
        what: `a source is a ${typeof source} (not shown here)`,
        allowed: 'a TrustSource',
        fix: 'give TrustSource.authority(...)',
      });
    }
    assertSecretKey(this, 'TrustSource.secret', source._secret);
    const [first] = source._broken(trustNamespace);
    if (first) throw first.rule.error(this, first.mistake);
    const { configMap } = source._spec;
    if (configMap?.name === this.configMapName && configMap.key === this.key) {
      throw TRUST_TARGET.error(this, {
        what: `the bundle has its own ConfigMap '${configMap.name}' as a source`,
        allowed: 'another ConfigMap, or another key',
        fix: 'give the bundle another name',
      });
    }
  }

  private namespaceSelector({ namespaces, namespaceLabels }: TrustBundleProps): { [field: string]: unknown } {
    if (namespaces && namespaceLabels) throw TRUST_TARGET.error(this, { what: 'namespaces and namespaceLabels are both given', allowed: 'one of them' });
    if (namespaceLabels) return Object.keys(namespaceLabels).length > 0 ? { matchLabels: namespaceLabels } : {};
    const chartNamespace = Chart.of(this).namespace;
    const names = namespaces ?? (chartNamespace ? [chartNamespace] : []);
    const wrong = names.find((name) => !isName(name, DNS_LABEL));
    if (names.length === 0 || wrong !== undefined) {
      throw TRUST_TARGET.error(this, {
        what: wrong === undefined ? 'the bundle goes to no namespace' : `namespaces has '${wrong}'`,
        allowed: `names of namespaces: ${DNS_LABEL.words}`,
        fix: 'give namespaces, or namespaceLabels: {} for all of them',
      });
    }
    return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...new Set(names)].sort() }] };
  }
}
