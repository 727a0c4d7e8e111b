import { Size } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { ContainerResources, renderResources, ResolvedResources, resolveResources } from './container-resources';
import { NatsImages, renderImage } from './images';
import { RESTRICTED_CONTAINER } from './security';
import { invalid } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { NatsPeer } from '../network/nats-peer';
import { Trust } from '../tls/trust';

export const SCRAPERS_UNSAID = defineRule({
  id: 'NATS-SCRAPERS-UNSAID',
  level: RuleLevel.ERROR,
  statement: 'Where a NetworkPolicy closes what is scraped, it is said who scrapes it; else every alert on its metrics is silent for ever.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
});

/** How much of JetStream the exporter tells. The series grow with what is told. */
export enum JetStreamDetail {
  /** Servers and accounts. */
  ACCOUNTS = 'accounts',
  /** And streams. */
  STREAMS = 'streams',
  /** And consumers. */
  ALL = 'all',
}

/** A Prometheus exporter beside each server. `NatsScraping` lets the Prometheus operator find it. */
export interface NatsExporterOptions {
  /**
   * Who may scrape the exporter. Required unless the NetworkPolicy is off.
   * @default - nobody
   */
  readonly scrapers?: NatsPeer[];
  /**
   * How much of JetStream is told.
   * @default JetStreamDetail.ALL
   */
  readonly jetStreamDetail?: JetStreamDetail;
  /**
   * Whether the limits of accounts are told, which in operator mode nobody else knows: by one request for each account at each scrape. In another mode, where the
   * program says them, it throws.
   * @default - true in operator mode
   */
  readonly accountLimits?: boolean;
  /**
   * Its CPU and memory.
   * @default - 0.05 cores and 64 MiB, limited to 0.5 cores and 128 MiB
   */
  readonly resources?: ContainerResources;
}

/** The exporter with its defaults. */
export interface ExporterState {
  readonly options: NatsExporterOptions;
  readonly accountLimits: boolean;
  readonly resources: ResolvedResources;
}

/** The exporter with its defaults; one that nobody may scrape throws. */
export function resolveExporter(
  scope: Construct, options: NatsExporterOptions, { closed, operator }: { closed: boolean; operator: boolean },
): ExporterState {
  const { accountLimits = operator } = options;
  if (accountLimits && !operator) {
    throw invalid(scope, {
      what: 'exporter.accountLimits is true, and the servers tell no limits of accounts that are in their configuration', allowed: 'it in operator mode', fix: 'leave it out: alerts know these limits',
    });
  }
  if (closed && !options.scrapers?.length) {
    throw SCRAPERS_UNSAID.error(scope, {
      what: 'exporter.scrapers names nobody, and the NetworkPolicy admits nobody else',
      fix: 'give scrapers: [NatsPeer.namespace(\'<namespace of Prometheus>\')]',
    });
  }
  const defaultLimits = { cpuLimit: 0.5, memoryLimit: Size.mebibytes(128) };
  return { options, accountLimits, resources: resolveResources(scope, 'exporter.resources', options.resources ?? defaultLimits, { cpu: 0.05, memory: Size.mebibytes(64) }) };
}

/**
 * The exporter's container. Health is asked for because a full disk shows nowhere else, and servers are named by name because the exporter keeps
 * the id of a server that has since restarted.
 */
export function renderExporter(
  exporter: ExporterState, images: NatsImages,
  at: { port: number; monitorPort: number; jetStream: boolean; leafNodes: boolean; gateway: boolean; tls?: Trust },
): k8s.Container {
  const { options, resources } = exporter;
  return {
    name: 'prom-exporter',
    ...renderImage(images, 'exporter'),
    args: [
      `-port=${at.port}`, '-connz', '-routez', '-subz', '-varz', '-healthz', '-accstatz', '-prefix=nats', '-use_internal_server_name',
      ...at.leafNodes ? ['-leafz'] : [],
      ...at.gateway ? ['-gatewayz'] : [],
      ...exporter.accountLimits ? ['-accountz'] : [],
      ...at.jetStream ? [`-jsz=${options.jetStreamDetail ?? JetStreamDetail.ALL}`] : [],
      `${at.tls ? 'https' : 'http'}://localhost:${at.monitorPort}/`,
    ],
    // The exporter has no option for a CA; the Go runtime reads this variable, at the start.
    env: at.tls?.caFile ? [{ name: 'SSL_CERT_FILE', value: at.tls.caFile }] : undefined,
    ports: [{ name: 'prom-metrics', containerPort: at.port }],
    resources: renderResources(resources),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: at.tls?.caFile ? [...at.tls.files.mounts(), ...at.tls.files.podMounts()] : undefined,
  };
}
