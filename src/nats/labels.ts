/** Labels by which the pods of one component of a cluster are selected; they never change, because a StatefulSet's selector cannot. */
export function selectorLabels(clusterName: string, component: 'nats' | 'nats-box'): { [label: string]: string } {
  return { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': clusterName, 'app.kubernetes.io/component': component };
}

/** Labels of every object of a component. */
export function objectLabels(selector: { [label: string]: string }): { [label: string]: string } {
  return { ...selector, 'app.kubernetes.io/managed-by': 'cdk8s' };
}
