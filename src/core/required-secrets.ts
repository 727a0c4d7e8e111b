import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { SecretKey } from './secret-key';

const REQUIRED_SECRET = 'cdk8s-nats:required-secret';
const DESCRIBED_SECRET = 'cdk8s-nats:described-secret';

/** One key of a Secret that must exist before what an app describes can work. */
export interface RequiredSecretKey {
  /** Namespace of the Secret; absent if the chart names none. */
  readonly namespace?: string;
  /** Name of the Secret. */
  readonly secretName: string;
  /** Key in its data. */
  readonly key: string;
  /** What a value must look like, in words. */
  readonly value: string;
  /** Who uses it, sorted. */
  readonly usedBy: string[];
}

interface Requirement {
  readonly namespace?: string;
  readonly secretName: string;
  readonly key: string;
  readonly value: string;
  readonly usedBy: string;
}

/**
 * Notes that a construct needs a key of a Secret to exist, for the list that the synth prints: in the chart's namespace unless another is named.
 * A Secret whose keys the construct does not know has a description in place of the key.
 */
export function requireSecret(
  scope: Construct, secret: Pick<SecretKey, 'secretName' | 'key'>, use: { value: string; usedBy: string; namespace?: string },
): void {
  const requirement: Requirement = {
    namespace: use.namespace ?? Chart.of(scope).namespace, secretName: secret.secretName, key: secret.key, value: use.value, usedBy: use.usedBy,
  };
  scope.node.addMetadata(REQUIRED_SECRET, requirement);
}

/** Notes that something which the construct describes writes a Secret in the cluster, so that nobody has to make it. */
export function describeSecret(scope: Construct, secretName: string, namespace: string | undefined): void {
  scope.node.addMetadata(DESCRIBED_SECRET, idOf(namespace, secretName));
}

/** The Secrets that must exist in the cluster for what is described at or below a construct; those that its app describes are left out. */
export class RequiredSecrets {
  /** All required keys, sorted by namespace, Secret and key. */
  public static of(scope: Construct): RequiredSecretKey[] {
    const ofApp = scope.node.root.node.findAll();
    const described = new Set<string>(metadataOf(ofApp, DESCRIBED_SECRET));
    for (const object of ofApp) {
      if (ApiObject.isApiObject(object) && object.kind === 'Secret') described.add(idOf(object.metadata.namespace, object.name));
    }
    const found = new Map<string, RequiredSecretKey>();
    for (const requirement of metadataOf(scope === scope.node.root ? ofApp : scope.node.findAll(), REQUIRED_SECRET)) {
      const { namespace, secretName, key, value, usedBy }: Requirement = requirement;
      if (described.has(idOf(namespace, secretName))) continue;
      const id = `${idOf(namespace, secretName)}/${key}`;
      const others = found.get(id)?.usedBy ?? [];
      found.set(id, { namespace, secretName, key, value, usedBy: [...new Set([...others, usedBy])].sort() });
    }
    return [...found.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, secret]) => secret);
  }

  private constructor() {}
}

/** What was noted of one kind at any of many constructs, of which nearly none has a note. */
function* metadataOf(constructs: IConstruct[], noted: string) {
  for (const { node } of constructs) {
    for (const { type, data } of node.metadata) if (type === noted) yield data;
  }
}

function idOf(namespace: string | undefined, secretName: string): string {
  return `${namespace ?? ''}/${secretName}`;
}
