import { ApiObject } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { renderHttpRoute } from './http-route';
import { renderIngress } from './ingress';
import { NatsListener } from './ports';
import { renderHeadlessService, renderService } from './services';
import { ClusterObjects } from '../cluster-objects';
import { ClusterState } from '../cluster-state';
import { NatsClusterProps } from '../nats-cluster-props';

/** The objects through which the servers are reached. */
export interface EntryPoints {
  readonly service: ApiObject;
  readonly externalService?: ApiObject;
  readonly ingress?: ApiObject;
  readonly httpRoute?: ApiObject;
  readonly headlessService: ApiObject;
}

/** Makes the Services of a cluster, and what leads from the outside to its WebSocket listener. */
export function makeEntryPoints(objects: ClusterObjects, state: ClusterState, props: Pick<NatsClusterProps, 'service' | 'external'>): EntryPoints {
  const { name, externalName, headlessServiceName, service, external, listeners, podLabels } = state;
  return {
    service: objects.make('service', 'v1', 'Service', name, { spec: k8s.toJson_ServiceSpec(renderService(service, podLabels)) }, props.service),
    externalService: external && objects.make('external-service', 'v1', 'Service', externalName, {
      spec: k8s.toJson_ServiceSpec(renderService(external, podLabels)),
    }, props.external),
    ingress: makeIngress(objects, state),
    httpRoute: makeHttpRoute(objects, state),
    headlessService: objects.make('headless-service', 'v1', 'Service', headlessServiceName, {
      spec: k8s.toJson_ServiceSpec(renderHeadlessService(listeners, podLabels)),
    }),
  };
}

function makeIngress(objects: ClusterObjects, { name, webSocket }: ClusterState): ApiObject | undefined {
  const ingress = webSocket?.ingress;
  return ingress && objects.make('ingress', 'networking.k8s.io/v1', 'Ingress', `${name}-ws`, {
    spec: k8s.toJson_IngressSpec(renderIngress(ingress, name)),
  }, { annotations: ingress.annotations });
}

function makeHttpRoute(objects: ClusterObjects, { name, webSocket, service }: ClusterState): ApiObject | undefined {
  const httpRoute = webSocket?.httpRoute;
  if (!httpRoute) return undefined;
  const { port } = service.ports.find(({ listener }) => listener.prop === NatsListener.WEB_SOCKET)!;
  return objects.make('http-route', 'gateway.networking.k8s.io/v1', 'HTTPRoute', `${name}-ws`, {
    spec: renderHttpRoute(httpRoute, { name, port }),
  }, { annotations: httpRoute.annotations });
}
