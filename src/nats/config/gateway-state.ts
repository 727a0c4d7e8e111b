import { Construct } from 'constructs';
import { NatsGatewayOptions, NatsRemoteGateway } from './gateway';
import { checkServerCredentials, NatsServerCredentials, renderServerAuthorization, renderUrls } from './server-credentials';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { checkAdvertised } from '../network/advertise';
import { checkUrls } from '../network/urls';
import { ClientTls, clientTls, NatsClientTls } from '../tls/nats-client-tls';
import { renderClientTls } from '../tls/render-tls';
import { TlsMaterial } from '../tls/tls-files';

export const GATEWAY_INVALID = defineRule({
  id: 'NATS-GATEWAY',
  level: RuleLevel.ERROR,
  statement: 'A gateway leads to another cluster, once, whose name and URLs are known; with JetStream, a cluster with a gateway has at least two servers and says its names.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/gateways; nats-server: "JetStream cluster requires configured routes"',
});

interface Remote {
  readonly name: string;
  /** How many servers it has, where that is known. */
  readonly servers?: number;
  readonly urls: string[];
  readonly credentials?: NatsServerCredentials;
  readonly tls?: ClientTls;
  /** Whether the other one names this cluster, and not this one the other. */
  readonly implied: boolean;
}

/** The gateway of a cluster, and to which clusters it leads as far as it is said by now. */
export class GatewayState {
  private readonly remotes = new Map<string, Remote>();

  constructor(
    private readonly scope: Construct,
    public readonly options: NatsGatewayOptions,
    private readonly clusterName: string,
    private readonly own?: TlsMaterial,
  ) {
    const { advertiseAddress, authorization, connectRetries } = options;
    checkAdvertised(scope, 'gateway.advertiseAddress', advertiseAddress);
    checkServerCredentials(scope, 'gateway.authorization', authorization);
    if (connectRetries !== undefined && (!Number.isInteger(connectRetries) || connectRetries < 0)) {
      throw GATEWAY_INVALID.error(scope, { what: `gateway.connectRetries is ${connectRetries}`, allowed: 'a whole number from 0' });
    }
  }

  /** TLS with which the servers connect to others, apart from their own. */
  public get remoteTls(): ClientTls[] {
    return [...this.remotes.values()].flatMap(({ tls }) => tls ?? []);
  }

  /** The clusters to which it leads by now, by name. */
  public get remoteClusters(): { readonly name: string; readonly servers?: number }[] {
    return this.sorted();
  }

  /** Adds a remote; one that is implied by the other's naming this one yields to one that is said. Gives its TLS, if it has its own. */
  public add({ _name, _urls, _cluster, _options }: NatsRemoteGateway, implied: boolean = false): ClientTls | undefined {
    const { credentials, tls } = _options;
    const cluster = _cluster;
    const name = _name ?? cluster?.clusterName;
    const urls = _urls ?? (cluster?.gatewayUrl === undefined ? undefined : [cluster.gatewayUrl]);
    if (name === undefined || urls === undefined) {
      throw GATEWAY_INVALID.error(this.scope, {
        what: `gateway.remotes names ${cluster?.node.path}, whose ${urls === undefined ? 'gateway' : 'clusterName'} is not known`,
        fix: 'give that cluster a gateway; for one from NatsCluster.fromUrl, give clusterName and gatewayUrl',
      });
    }
    if (!/^\S+$/.test(name) || name === this.clusterName) {
      throw GATEWAY_INVALID.error(this.scope, {
        what: `gateway.remotes names a cluster '${name}'${name === this.clusterName ? ', which is the name of this one' : ''}`,
        allowed: 'the clusterName of another cluster, without spaces',
        fix: name === this.clusterName ? 'give clusterName' : undefined,
      });
    }
    checkUrls(this.scope, `gateway.remotes['${name}']`, urls, ['nats', 'tls']);
    checkServerCredentials(this.scope, `gateway.remotes['${name}'].credentials`, credentials);
    const present = this.remotes.get(name);
    if (present && !present.implied && !implied) {
      throw GATEWAY_INVALID.error(this.scope, { what: `gateway.remotes names cluster '${name}' twice`, fix: 'give all its URLs in one place' });
    }
    const resolvedTls = tls && this.resolveTls(`gateway.remotes['${name}'].tls`, tls);
    if (!present || present.implied) this.remotes.set(name, { name, servers: cluster?.serverCount, urls, credentials, tls: resolvedTls, implied });
    return resolvedTls;
  }

  private sorted(): Remote[] {
    return [...this.remotes.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  private resolveTls(prop: string, tls: NatsClientTls): ClientTls {
    if (tls.handshakeFirst !== undefined) throw GATEWAY_INVALID.error(this.scope, { what: `${prop}.handshakeFirst is given, and gateways do not begin so`, fix: 'leave it out' });
    const resolved = clientTls(tls, this.own && { ca: this.own.ca, certificate: this.own });
    if (!resolved.certificate) {
      throw GATEWAY_INVALID.error(this.scope, {
        what: `${prop} has no certificate, and gateways verify each other`, fix: 'give its certificate, or gateway.tls',
      });
    }
    return resolved;
  }

  /** The block `gateway` of nats.conf. */
  public render(port: number, advertise: ConfValue | undefined, secrets: SecretVariables): ConfBlock {
    const { authorization, rejectUnknownCluster, connectRetries, connectBackoff, writeDeadline } = this.options;
    const gateways = this.sorted().map(({ name, urls, credentials, tls }): ConfBlock => ({
      name,
      urls: renderUrls(urls, credentials ?? authorization, secrets),
      tls: renderClientTls(tls),
    }));
    return {
      name: this.clusterName,
      port,
      advertise,
      authorization: renderServerAuthorization(authorization, secrets),
      reject_unknown_cluster: rejectUnknownCluster,
      connect_retries: connectRetries,
      connect_backoff: connectBackoff,
      write_deadline: writeDeadline,
      gateways: gateways.length > 0 ? gateways : undefined,
    };
  }
}
