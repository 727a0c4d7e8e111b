import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { recoveryName, ResolvedRoute, resolveRoutes } from './resolve-routes';
import { slackProviderType } from './slack-provider';
import { SlackRoute } from './slack-route';
import { DNS_LABEL, isName } from '../../core/names';
import { SlackAuth } from '../../core/slack/slack-auth';
import { checkSender } from '../../core/slack/slack-place';
import { FLUX_NAMESPACE, identityOf } from '../flux-object';
import { FluxEventSeverity } from '../notification/alert-filter';
import { ALERT_METADATA } from '../notification/alert-metadata';
import { FluxEventSource } from '../notification/event-source';
import { ALERT_NAMESPACE, FluxAlert, FluxAlertProps } from '../notification/flux-alert';
import { FluxProvider } from '../notification/flux-provider';
import { publicUrl } from '../notification/provider-part';

/** What a team reads in Slack, but for where. */
export interface SlackAlertingOptions {
  /** How alerts get into Slack, unless a route says otherwise. */
  readonly auth: SlackAuth;
  /** Name of the cluster, in each message: without it, nobody could tell which one has a problem. An empty one throws. */
  readonly cluster: string;
  /** Name of the environment, such as `production`, in each message. An empty one throws. */
  readonly environment: string;
  /**
   * Beginning of the names of all objects. One that Kubernetes does not allow throws.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the Providers, the Alerts and the Secret.
   * @default - the chart's; `flux-system` if it has none
   */
  readonly namespace?: string;
  /**
   * For a Flux that keeps tenants apart (`--no-cross-namespace-refs`): the namespaces of the tenants. Each has Providers, Alerts and a Secret of its own, for the
   * objects in it alone; an Alert for objects elsewhere would be refused at each event. A source in another namespace throws, and so does `namespace`.
   * @default - one namespace, from which all are watched
   */
  readonly tenantNamespaces?: string[];
  /**
   * What is added to each message besides cluster, environment and runbook. A name that Flux uses itself (`revision`, `commit`...) throws.
   * @default - nothing
   */
  readonly metadata?: { [name: string]: string };
  /**
   * Where to read what to do about an alert, as a link in each message. What is no URL throws.
   * @default - none
   */
  readonly runbook?: string;
  /**
   * Name of the sender. A bot needs the scope `chat:write.customize` for it; a webhook ignores it, so that with one it throws.
   * @default - the controller that the event comes from
   */
  readonly username?: string;
  /**
   * How long one message may take, with all attempts to send it.
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;
  /**
   * Secret with the proxy through which messages go: `address`, and `username` and `password` if it asks for them. Since Flux 2.7.
   * @default - none
   */
  readonly proxySecretName?: string;
}

/** What a team reads in Slack of what Flux does. */
export interface SlackAlertingProps extends SlackAlertingOptions {
  /** Which events go to which channel. An empty list throws, and so do two routes of one name. */
  readonly routes: SlackRoute[];
}

/** What Flux says when something works again. */
const recovered = ['^Health check passed', '^Helm (install|upgrade|test) succeeded', '^Helm rollback to .* succeeded'];

/**
 * Slack messages about what Flux does: a Provider for each channel and an Alert for each route, whose names stay the same.
 *
 * A route that says nothing else sends the errors of all kinds of Flux, in each namespace in which the app describes an object of Flux.
 *
 * What would make Flux silent fails the synth: Flux itself accepts an Alert that never fires, shows it as ready, and reports a message that could not be sent
 * nowhere but in an event of the Alert. After the first delivery, `kubectl -n <namespace> events --for alert/<name>` shows whether there are such.
 *
 * Some things Flux never tells an alert, whatever is described here:
 *
 * - A Kustomization whose source does not exist or has nothing yet, and a HelmRelease whose source is not ready, report nothing. (The source reports its errors: a
 *   route without the kinds of sources is warned of.)
 * - One that waits for another is info, not an error, even if it waits forever.
 * - A suspended object reports nothing.
 * - That an error is over is not reported to a route for errors (see `recovery`).
 * - A message that Slack refuses is not sent again, and the same event is not sent twice within five minutes.
 *
 * Watch the Ready condition of all objects of Flux with metrics besides: kube-state-metrics can export it.
 *
 * @see https://fluxcd.io/flux/monitoring/alerts/
 */
export class SlackAlerting extends Construct {
  /** The Providers, in the order of their channels' first routes. */
  public readonly providers: FluxProvider[] = [];
  /** The Alerts, in the order of the routes. */
  public readonly alerts: FluxAlert[] = [];

  constructor(scope: Construct, id: string, props: SlackAlertingProps) {
    super(scope, id);
    const routes = resolveRoutes(this, props.routes, props.auth);
    this.checkTexts(props, routes);
    if (!props.tenantNamespaces) {
      this.describe(props, routes, identityOf(this, { name: FLUX_NAMESPACE, namespace: props.namespace }).namespace);
      return;
    }
    this.checkTenants(props, routes);
    for (const tenant of [...new Set(props.tenantNamespaces)].sort()) {
      this.describe(props, routes.flatMap((route) => ofTenant(route, tenant)), tenant, tenant);
    }
  }

  /** The objects of one namespace; names of several do not repeat each other, because some tools write a file for each kind and name. */
  private describe(props: SlackAlertingProps, routes: ResolvedRoute[], namespace: string, tenant?: string): void {
    const { name: prefix = this.node.id } = props;
    const nameOf = (name: string) => [prefix, name, tenant].filter((part) => part !== undefined).join('-');
    const providers = new Map<string, FluxProvider>();
    for (const { auth, target, targetName, name, route } of routes) {
      const provider = providers.get(target) ?? new FluxProvider(this, `provider-${nameOf(targetName)}`, {
        name: nameOf(targetName),
        namespace,
        type: slackProviderType(auth, route.channel, props.username),
        timeout: props.timeout,
        proxySecretName: props.proxySecretName,
      });
      if (!providers.has(target)) this.providers.push(provider);
      providers.set(target, provider);
      const { sources, suspend, exclude, noise } = route;
      const alert = { provider, sources, metadata: metadataOf(props, route), suspend, exclude, noise };
      this.addAlert(nameOf(name), { ...alert, severity: route.severity, include: route.include });
      if (route.recovery) this.addAlert(nameOf(recoveryName(name)), { ...alert, severity: FluxEventSeverity.INFO, include: recovered });
    }
  }

  private addAlert(name: string, props: FluxAlertProps): void {
    this.alerts.push(new FluxAlert(this, `alert-${name}`, { name, ...props }));
  }

  private checkTexts({ cluster, environment, metadata = {}, runbook, username }: SlackAlertingProps, routes: ResolvedRoute[]): void {
    for (const [prop, text] of Object.entries({ cluster, environment })) {
      if (typeof text === 'string' && text.trim()) continue;
      throw ALERT_METADATA.error(this, { what: `${prop} is ${text === '' ? 'empty' : `'${text}'`}`, allowed: 'a text that tells where a message comes from', fix: `give ${prop}` });
    }
    for (const name of ['cluster', 'environment', 'runbook']) {
      if (name in metadata) throw ALERT_METADATA.error(this, { what: `metadata has '${name}'`, allowed: 'other names', fix: `give ${name} as a prop of its own` });
    }
    for (const [index, { route }] of routes.entries()) if (route.runbook !== undefined) publicUrl(this, `routes[${index}].runbook`, route.runbook);
    if (runbook !== undefined) publicUrl(this, 'runbook', runbook);
    checkSender(this, username, routes);
  }

  private checkTenants({ tenantNamespaces = [], namespace }: SlackAlertingProps, routes: ResolvedRoute[]): void {
    if (namespace !== undefined) {
      throw ALERT_NAMESPACE.error(this, { what: `namespace is '${namespace}', and tenantNamespaces is given`, allowed: 'one of them', fix: 'leave namespace out: each tenant has all that its alerts need' });
    }
    if (tenantNamespaces.length === 0) throw ALERT_NAMESPACE.error(this, { what: 'tenantNamespaces is empty', allowed: 'one or more', fix: 'leave it out where Flux does not keep tenants apart' });
    for (const tenant of tenantNamespaces) {
      if (!isName(tenant, DNS_LABEL)) throw ALERT_NAMESPACE.error(this, { what: `tenantNamespaces has '${tenant}'`, allowed: DNS_LABEL.words, fix: 'name each namespace' });
    }
    for (const [index, { route }] of routes.entries()) {
      const elsewhere = (route.sources ?? []).flatMap(({ _namespaces = [] }) => _namespaces).find((one) => !tenantNamespaces.includes(one));
      if (elsewhere === undefined) continue;
      throw ALERT_NAMESPACE.error(this, {
        what: `routes[${index}] has sources in namespace '${elsewhere}', which is none of a tenant`, allowed: tenantNamespaces.join(', '), fix: 'add it to tenantNamespaces, or leave it out',
      });
    }
  }
}

/** What of a route concerns a tenant: nothing, if it names objects elsewhere alone. */
function ofTenant(resolved: ResolvedRoute, namespace: string): ResolvedRoute[] {
  const { sources = [FluxEventSource.all()] } = resolved.route;
  const within = sources.flatMap((source) => source._within(namespace));
  return within.length > 0 ? [{ ...resolved, route: { ...resolved.route, sources: within } }] : [];
}

function metadataOf({ cluster, environment, metadata, runbook }: SlackAlertingProps, route: SlackRoute): { [name: string]: string } {
  const link = route.runbook ?? runbook;
  return { ...metadata, cluster, environment, ...link === undefined ? {} : { runbook: link } };
}
