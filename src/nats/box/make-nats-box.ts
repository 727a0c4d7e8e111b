import { ApiObject, Lazy } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { checkNatsBox } from './box-findings';
import { NatsBoxOptions, resolveNatsBox, withCertificate } from './nats-box';
import { renderNatsBox, secretsOfBox } from './render-nats-box';
import { kubeObject } from '../../core/kube-object';
import { ClusterState } from '../cluster-state';
import { objectLabels, selectorLabels } from '../labels';
import { needSecrets } from '../needed-secret';

/** Makes the Deployment of the nats-box of a cluster. */
export function makeNatsBox(cluster: Construct, state: ClusterState, clientUrl: string, options: NatsBoxOptions): ApiObject {
  const box = resolveNatsBox(cluster, `${state.name}-box`, selectorLabels(state.name, 'nats-box'), withCertificate(options, state));
  checkNatsBox(cluster, box, state);
  needSecrets(cluster, state.name, secretsOfBox(box, state));
  return kubeObject(cluster, 'nats-box', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: box.name, labels: objectLabels(box.podLabels) },
    spec: Lazy.any({ produce: () => k8s.toJson_DeploymentSpec(renderNatsBox(box, state, clientUrl)) }),
  });
}
