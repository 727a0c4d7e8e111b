import { ACME_SOLVER_INVALID } from './acme-rules';
import * as certManager from '../../../imports/cert-manager.io';
import { Broken, broken } from '../../core/broken';
import { DNS_LABEL, DNS_SUBDOMAIN, isName } from '../../core/names';

/** How an ingress controller reaches the pods that solve a challenge. */
export enum AcmeServiceType {
  CLUSTER_IP = 'ClusterIP',
  NODE_PORT = 'NodePort',
}

/** The pods that cert-manager starts to solve a challenge. */
export interface AcmeSolverPod {
  /**
   * Labels.
   * @default - cert-manager's
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations.
   * @default - cert-manager's
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Labels of the nodes on which they may run.
   * @default - all nodes
   */
  readonly nodeSelector?: { [label: string]: string };
  /**
   * Priority class.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
  /**
   * ServiceAccount.
   * @default - the namespace's default
   */
  readonly serviceAccountName?: string;
  /**
   * Secrets with which the image is pulled.
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}

/** A Gateway to which the route of a challenge is attached. */
export interface AcmeGateway {
  /** Name of the Gateway. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - that of the certificate
   */
  readonly namespace?: string;
  /**
   * Name of one of its listeners.
   * @default - all that take the route
   */
  readonly sectionName?: string;
  /**
   * Port of its listeners, 1 to 65535.
   * @default - all
   */
  readonly port?: number;
}

/** How a challenge is answered over HTTP, whatever routes it. */
export interface Http01Options {
  readonly serviceType?: AcmeServiceType;
  readonly solverPod?: AcmeSolverPod;
}

/** How an Ingress routes a challenge: by a new one of a class, or by one that exists. */
export interface IngressOptions extends Http01Options {
  readonly ingressClassName?: string;
  readonly class?: string;
  readonly name?: string;
  readonly ingressLabels?: { [label: string]: string };
  readonly ingressAnnotations?: { [annotation: string]: string };
}

/** HTTP-01 by an Ingress, as a field of a solver. */
export function renderIngress(options: IngressOptions): certManager.IssuerSpecAcmeSolversHttp01 {
  const { ingressClassName, class: className, name, serviceType, solverPod, ingressLabels, ingressAnnotations } = options;
  return {
    ingress: {
      ingressClassName,
      class: className,
      name,
      serviceType,
      podTemplate: solverPod && renderPod(solverPod),
      ingressTemplate: ingressLabels || ingressAnnotations ? { metadata: { labels: ingressLabels, annotations: ingressAnnotations } } : undefined,
    },
  };
}

/** HTTP-01 by routes of Gateways, as a field of a solver. */
export function renderGateway(gateways: AcmeGateway[], { serviceType, solverPod, labels }: Http01Options & { labels?: { [label: string]: string } }):
certManager.IssuerSpecAcmeSolversHttp01 {
  return {
    gatewayHttpRoute: {
      // The webhook demands the kind although the schema has a default for it.
      parentRefs: gateways.map((gateway) => ({ group: 'gateway.networking.k8s.io', kind: 'Gateway', ...gateway })),
      serviceType,
      labels,
      podTemplate: solverPod && renderPod(solverPod),
    },
  };
}

function renderPod(pod: AcmeSolverPod): certManager.IssuerSpecAcmeSolversHttp01IngressPodTemplate {
  const { labels, annotations, imagePullSecrets, ...spec } = pod;
  const rendered = { ...spec, imagePullSecrets: imagePullSecrets?.map((name) => ({ name })) };
  return {
    metadata: labels || annotations ? { labels, annotations } : undefined,
    spec: Object.values(rendered).some((value) => value !== undefined) ? rendered : undefined,
  };
}

/** What is wrong with a name that an Ingress refers to. */
export function ingressNameMistakes(prop: string, name: string): Broken[] {
  return broken(ACME_SOLVER_INVALID, !isName(name, DNS_SUBDOMAIN), { what: `${prop} is '${name}'`, allowed: DNS_SUBDOMAIN.words });
}

/** What is wrong with the Gateways of a solver. */
export function gatewayMistakes(gateways: AcmeGateway[]): Broken[] {
  return [
    ...broken(ACME_SOLVER_INVALID, gateways.length === 0, {
      what: 'the HTTP-01 solver has no Gateway',
      allowed: 'at least one',
      fix: "give { name: '<gateway>', namespace: '<its namespace>' }",
    }),
    ...gateways.flatMap(({ name, namespace, sectionName, port }) => [
      ...[name, sectionName].flatMap((text) => broken(ACME_SOLVER_INVALID, text !== undefined && !isName(text, DNS_SUBDOMAIN), {
        what: `Gateway or listener '${text}' is no name`,
        allowed: DNS_SUBDOMAIN.words,
      })),
      ...broken(ACME_SOLVER_INVALID, namespace !== undefined && !isName(namespace, DNS_LABEL), {
        what: `namespace '${namespace}' of Gateway '${name}' is no name`,
        allowed: DNS_LABEL.words,
      }),
      ...broken(ACME_SOLVER_INVALID, port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535), {
        what: `port of Gateway '${name}' is ${port}`,
        allowed: 'a whole number from 1 to 65535',
      }),
    ]),
  ];
}
