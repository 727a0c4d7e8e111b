import { Construct } from 'constructs';
import { mergeExtraConfig } from './extra-config';
import { checkFeatures } from './features';
import { renderJetStream } from './jetstream';
import { listensForLeafNodes, renderLeafNodes } from './leaf-nodes';
import { renderLimits } from './limits';
import { renderLogging } from './logging';
import { renderMqtt } from './mqtt';
import { renderProfiling } from './profiling';
import { renderProxies } from './proxies';
import { renderServerAuthorization } from './server-credentials';
import { renderSystemAccount } from './system-account';
import { renderWebSocket } from './web-socket';
import { renderMappings } from '../auth/account-mappings';
import { IncludedSecrets } from '../auth/included-secrets';
import { renderAuth } from '../auth/render-auth';
import { SecretVariables } from '../auth/secret-variables';
import { ClusterState } from '../cluster-state';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { NatsVariable } from '../conf/nats-variable';
import { renderAdvertised } from '../network/advertise';
import { NatsPorts, portOf } from '../network/ports';
import { routeUrls } from '../network/routes';
import { FILES_DIRECTORY, PID_FILE, RUN_DIRECTORY } from '../pod/paths';
import { SecretFiles } from '../pod/secret-files';
import { renderOcsp } from '../tls/ocsp-stapling';
import { renderTls } from '../tls/render-tls';

/** What a cluster's state becomes for its servers: nats.conf, and the secrets to which it refers. */
export interface ServerConfig {
  readonly conf: ConfBlock;
  readonly secrets: SecretVariables;
  readonly included: IncludedSecrets;
  readonly files: SecretFiles;
}

/** The configuration that all servers of a cluster share; what differs between them comes from their environment. */
export function serverConfig(scope: Construct, state: ClusterState): ServerConfig {
  const secrets = new SecretVariables();
  const included = new IncludedSecrets(state.auth.users, state.auth.include);
  const files = new SecretFiles(FILES_DIRECTORY, 'file');
  const [auth, system] = [renderAuth(state.auth, secrets), renderSystemAccount(scope, state)];
  const typed: ConfBlock = {
    passwords: included.includes(),
    server_name: NatsVariable.of('SERVER_NAME'),
    port: portOf(state.listeners, 'client'),
    [state.httpsMonitoring ? 'https_port' : 'http_port']: portOf(state.listeners, 'monitor'),
    tls: renderTls(state.tls.client),
    allow_non_tls: state.tls.client?.options.allowNonTls || undefined,
    ...renderOcsp(state.tls, state.ocspStapling, RUN_DIRECTORY),
    pid_file: PID_FILE,
    lame_duck_duration: state.termination.lameDuckDuration,
    lame_duck_grace_period: state.termination.lameDuckGracePeriod,
    server_tags: serverTags(state),
    ...renderLimits(state.limits),
    ...renderLogging(state.logging),
    ...auth,
    mappings: renderMappings(state.mappings),
    cluster: state.clustered ? renderCluster(state, secrets) : undefined,
    jetstream: state.jetStream && renderJetStream(state.jetStream, secrets),
    ...renderListeners(state, secrets, files),
    ...system,
    accounts: auth.accounts || system.accounts ? { ...auth.accounts as ConfBlock, ...system.accounts as ConfBlock } : undefined,
  };
  const conf = mergeExtraConfig(scope, typed, state.extraConfig, secrets);
  checkFeatures(scope, conf, state.version);
  return { conf, secrets, included, files };
}

/** The listeners besides those for clients, routes and monitoring, and how clients come to be known. */
function renderListeners(state: ClusterState, secrets: SecretVariables, files: SecretFiles): ConfBlock {
  const { gateway, leafNodes, leafRemotes, webSocket, mqtt, advertised, tls } = state;
  const port = (prop: keyof NatsPorts) => portOf(state.listeners, prop);
  return {
    client_advertise: renderAdvertised(advertised, 'client'),
    proxy_protocol: state.proxyProtocol,
    proxies: renderProxies(state.trustedProxies),
    gateway: gateway && { ...gateway.render(port('gateway'), renderAdvertised(advertised, 'gateway'), secrets), tls: renderTls(tls.gateway) },
    leafnodes: leafNodes && renderLeafNodes(leafNodes, leafRemotes, listensForLeafNodes(leafNodes) ? {
      port: port('leafNodes'), advertise: renderAdvertised(advertised, 'leafNodes'), tls: renderTls(tls.leafNodes),
    } : undefined, secrets, files),
    websocket: webSocket && renderWebSocket(webSocket, port('webSocket'), renderAdvertised(advertised, 'webSocket'), renderTls(tls.webSocket)),
    mqtt: mqtt && renderMqtt(mqtt, port('mqtt'), renderTls(tls.mqtt)),
    ...renderProfiling(state.profiling, state.profiling && port('profiling')),
  };
}

function serverTags({ serverTags: tags, zoneTag }: ClusterState): ConfValue[] | undefined {
  if (tags.length === 0 && !zoneTag) return undefined;
  return [...tags, ...zoneTag ? [NatsVariable.of('ZONE_TAG')] : []];
}

function renderCluster(state: ClusterState, secrets: SecretVariables): ConfBlock {
  return {
    name: state.clusterName,
    port: portOf(state.listeners, 'cluster'),
    no_advertise: !state.routes.advertise,
    pool_size: state.routes.poolSize,
    compression: state.routes.compression,
    advertise: renderAdvertised(state.advertised, 'routes'),
    authorization: renderServerAuthorization(state.routes.authorization, secrets),
    routes: routeUrls(state, { scheme: state.tls.routes ? 'tls' : 'nats', port: portOf(state.listeners, 'cluster') }, secrets),
    tls: renderTls(state.tls.routes),
  };
}
