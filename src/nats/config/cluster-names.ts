import { Construct } from 'constructs';
import { GATEWAY_INVALID } from './gateway-state';
import { defineRule, RuleLevel } from '../../core/rule';

export const CLUSTER_NAME = defineRule({
  id: 'NATS-CLUSTER-NAME',
  level: RuleLevel.ERROR,
  statement: 'Cluster and server names have no spaces and are not empty; a cluster is not named _.',
  source: 'nats-server: "cluster name cannot contain spaces", "server name cannot contain spaces"',
  serverVerdict: true,
});

/** The name of a cluster, and what its servers' names begin with. */
interface Names {
  readonly clusterName: string;
  readonly serverNamePrefix: string;
}

/** Names of a cluster and the beginning of its servers' names; those that a gateway would silently change under JetStream's data throw. */
export function resolveNames(scope: Construct, name: string, said: {
  namespace?: string; clusterName?: string; serverNamePrefix?: string; gateway: boolean; jetStream: boolean; clustered: boolean;
}): Names {
  const { namespace, clusterName, serverNamePrefix, gateway, jetStream, clustered } = said;
  if (!gateway) return checked(scope, { clusterName: clusterName ?? name, serverNamePrefix: serverNamePrefix ?? '' });
  if (jetStream && !clustered) {
    throw GATEWAY_INVALID.error(scope, {
      what: 'jetStream with a gateway on one server, which then waits for others for ever', allowed: 'at least two servers, better three', fix: 'set replicas: 3',
    });
  }
  const unique = namespace ? `${namespace}-${name}` : name;
  if (jetStream && (clusterName === undefined || serverNamePrefix === undefined)) {
    throw GATEWAY_INVALID.error(scope, {
      what: `a gateway with jetStream, and ${clusterName === undefined ? 'clusterName' : 'serverNamePrefix'} is not given: the servers find their data by their names`,
      allowed: 'clusterName and serverNamePrefix, unique in the super cluster',
      fix: `for a new cluster clusterName: '${unique}', serverNamePrefix: '${unique}-'; for one that has data clusterName: '${name}', serverNamePrefix: ''`,
    });
  }
  const ownName = clusterName ?? unique;
  return checked(scope, { clusterName: ownName, serverNamePrefix: serverNamePrefix ?? `${ownName.replace(/[^\w.-]/g, '_')}-` });
}

function checked(scope: Construct, { clusterName, serverNamePrefix }: Names): Names {
  if (!/^\S+$/.test(clusterName) || clusterName === '_') throw CLUSTER_NAME.error(scope, { what: `clusterName is '${clusterName}'`, allowed: 'a text without spaces, not empty, and not _ alone' });
  // The prefix stands in the value of an environment variable, inside single quotes.
  if (!/^[\w.-]*$/.test(serverNamePrefix)) throw CLUSTER_NAME.error(scope, { what: `serverNamePrefix is '${serverNamePrefix}'`, allowed: 'letters, digits, ., _ and -' });
  return { clusterName, serverNamePrefix };
}
