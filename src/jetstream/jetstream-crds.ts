import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { NACK_GROUP } from './nack/crd-defaults';
import { clusterObject } from '../core/kube-object';
import { UNPRUNED } from '../core/pruning';
import { crdsOfGroup } from '../core/schema/crd-catalog';

/**
 * The definitions of NACK's custom resources: streams, consumers, buckets and accounts, as NACK 0.23 has them. A Kubernetes cluster has them once, before anything
 * that uses them; they do not belong to a namespace. Flux never prunes them: with a definition would go all that it defines.
 *
 * @see https://github.com/nats-io/nack/blob/v0.23.0/deploy/crds.yml
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export class JetStreamCrds extends Construct {
  /** The CustomResourceDefinitions, by name. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // StreamTemplate has no version that is served. Other old versions stay: a cluster may still say that it stores them.
    const served = crdsOfGroup(NACK_GROUP)!.filter(({ spec }) => spec.versions.some((version) => version.served));
    this.apiObjects = served.map((crd) => clusterObject(this, crd.spec.names.plural, {
      ...crd, metadata: { name: crd.metadata.name, annotations: UNPRUNED },
    }));
  }
}
