import { Construct } from 'constructs';
import { podNamesOf } from './routes';
import { GatewayTls, SuperClusterMember } from './super-cluster';
import { ClusterState } from '../cluster-state';
import { ClientTls } from '../tls/nats-client-tls';
import { TlsFile } from '../tls/tls-files';

/** A cluster's place among others, with no neighbours yet. */
export function superClusterMember(scope: Construct, state: ClusterState): SuperClusterMember {
  const { clusterName, serverNamePrefix, tls: { gateway } } = state;
  return {
    path: scope.node.path,
    clusterName,
    serverNames: podNamesOf(state).map((name) => `${serverNamePrefix}${name}`),
    tls: gateway && gatewayTls(scope, state, gateway.material.cert, gateway.material.ca),
    neighbours: new Map(),
  };
}

/** TLS that a gateway has for one other alone. */
export function remoteGatewayTls(scope: Construct, state: ClusterState, { certificate, ca }: ClientTls): GatewayTls {
  return gatewayTls(scope, state, certificate?.cert, ca);
}

function gatewayTls(scope: Construct, { namespace }: ClusterState, cert: TlsFile | undefined, ca: TlsFile | undefined): GatewayTls {
  return { certificate: { scope, namespace, file: cert }, ca: { scope, namespace, file: ca } };
}
