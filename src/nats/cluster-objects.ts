import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterState } from './cluster-state';
import { objectLabels } from './labels';
import { kubeObject } from '../core/kube-object';

/** What somebody wants to have on an object besides what is there anyway. */
interface ExtraMetadata {
  readonly labels?: { [label: string]: string };
  readonly annotations?: { [key: string]: string };
}

/** Makes the objects of a cluster, with the labels that all of them have. */
export class ClusterObjects {
  private readonly labels: { [label: string]: string };

  constructor(private readonly scope: Construct, { podLabels }: ClusterState) {
    this.labels = objectLabels(podLabels);
  }

  public make(
    id: string, apiVersion: string, kind: string, name: string, body: { [field: string]: unknown }, { labels, annotations }: ExtraMetadata = {},
  ): ApiObject {
    return kubeObject(this.scope, id, { apiVersion, kind, metadata: { name, labels: { ...labels, ...this.labels }, annotations }, ...body });
  }
}
