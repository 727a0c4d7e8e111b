import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration, millisecondsOf } from './go-duration';
import { kubeObject } from './kube-object';
import { DATA_KEY, DNS_LABEL, DNS_SUBDOMAIN, isName } from './names';
import { describeSecret } from './required-secrets';
import { defineRule, RuleLevel } from './rule';
import { SecretKey } from './secret-key';

export const EXTERNAL_SECRET = defineRule({
  id: 'EXTERNAL-SECRET',
  level: RuleLevel.ERROR,
  statement: 'An ExternalSecret names its store, and for each key of its Secret an entry there.',
  source: 'https://external-secrets.io/latest/api/externalsecret/',
});

/** An entry of a store outside the cluster, such as a vault. */
export interface ExternalSecretEntry {
  /** Its name or path in the store. An empty one throws. */
  readonly remoteKey: string;
  /**
   * Field of the entry, where it has several.
   * @default - the whole entry
   */
  readonly property?: string;
  /**
   * Version of the entry.
   * @default - the latest
   */
  readonly version?: string;
}

/** A Secret whose values come from a store outside the cluster. */
export interface ExternalSecretProps {
  /** Name of the SecretStore in the same namespace, or of the ClusterSecretStore if `clusterStore` is true. An invalid name throws. */
  readonly store: string;
  /**
   * Whether the store is one for the whole cluster.
   * @default false
   */
  readonly clusterStore?: boolean;
  /** The entry for each key of the Secret. None, or a key that a Secret cannot have, throws. */
  readonly data: { [key: string]: ExternalSecretEntry };
  /**
   * Name of the ExternalSecret and of the Secret. One that Kubernetes does not allow throws.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of both.
   * @default - the chart's
   */
  readonly namespace?: string;
  /**
   * How often the values are read anew. One that is not of whole milliseconds throws.
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/**
 * A Secret that the External Secrets Operator makes in the cluster from a store outside it, so that no secret is in Git.
 *
 * The object has the fields of `external-secrets.io/v1`, which the operator serves since 0.16; its definition is not among those that `SchemaCheck` knows.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends Construct {
  /** Name of the Secret. */
  public readonly secretName: string;
  /** Namespace of the Secret; absent if the chart has none. */
  public readonly namespace?: string;
  /** The ExternalSecret. */
  public readonly apiObject: ApiObject;
  private readonly keys: string[];

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    this.secretName = props.name ?? id;
    this.namespace = props.namespace ?? Chart.of(this).namespace;
    this.keys = Object.keys(props.data);
    this.check(props);
    this.apiObject = kubeObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: this.secretName, namespace: this.namespace },
      spec: {
        secretStoreRef: { kind: props.clusterStore ? 'ClusterSecretStore' : 'SecretStore', name: props.store },
        refreshInterval: this.interval(props.refreshInterval ?? Duration.hours(1)),
        target: { name: this.secretName },
        data: this.keys.map((key) => {
          const { remoteKey, property, version } = props.data[key];
          return { secretKey: key, remoteRef: { key: remoteKey, property, version } };
        }),
      },
    });
    describeSecret(this, this.secretName, this.namespace);
  }

  /** One of its keys, to be used where a secret is asked for. A key that it does not have throws. */
  public key(key: string): SecretKey {
    if (!this.keys.includes(key)) {
      throw EXTERNAL_SECRET.error(this, { what: `there is no entry for the key '${key}'`, allowed: this.keys.join(', '), fix: 'add it to data' });
    }
    return SecretKey.fromName(this.secretName, key);
  }

  private check({ store, data }: ExternalSecretProps): void {
    const error = (what: string, allowed: string) => EXTERNAL_SECRET.error(this, { what, allowed });
    for (const [prop, name] of Object.entries({ store, name: this.secretName })) {
      if (!isName(name, DNS_SUBDOMAIN)) throw error(`${prop} is '${name}'`, DNS_SUBDOMAIN.words);
    }
    if (this.namespace !== undefined && !isName(this.namespace, DNS_LABEL)) throw error(`namespace is '${this.namespace}'`, DNS_LABEL.words);
    if (this.keys.length === 0) throw error('data is empty', 'an entry for each key of the Secret');
    for (const [key, { remoteKey }] of Object.entries(data)) {
      if (!isName(key, DATA_KEY)) throw error(`data has the key '${key}'`, DATA_KEY.words);
      if (!remoteKey) throw error(`data.${key}.remoteKey is empty`, 'the name or path of an entry of the store');
    }
  }

  private interval(interval: Duration): string {
    const milliseconds = millisecondsOf(interval);
    if (milliseconds === undefined || milliseconds < 0) {
      throw EXTERNAL_SECRET.error(this, { what: `refreshInterval is ${interval.toMilliseconds({ integral: false })} ms`, allowed: 'whole milliseconds; 0 reads the values once' });
    }
    return goDuration(milliseconds);
  }
}
