import { groupOf } from '../../core/api-group';
import { emptyTexts } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { FluxObject } from '../flux-object';
import { takeParts } from '../flux-part';
import { fluxVersionOf, FluxVersion, isSince } from '../flux-version';

export const FLUX_HEALTH_EXPRESSION = defineRule({
  id: 'FLUX-HEALTH-EXPRESSION',
  level: RuleLevel.ERROR,
  statement: 'A health expression has an API version and says when an object is as it should be; there is one for each kind.',
  source: 'Flux gives up without a retry: "duplicate custom health check for GroupKind", "expression Current not specified"',
});

export const FLUX_HEALTH_VACUOUS = defineRule({
  id: 'FLUX-HEALTH-VACUOUS',
  level: RuleLevel.WARNING,
  statement: 'A health expression is not true of an object that has no conditions yet: it says exists, not filter and all.',
  source: 'CEL: all() is true of an empty list, so that an object which its controller has not seen is taken for failed, or for ready',
});

/** When an object is healthy, as expressions of CEL over its fields. */
export interface FluxHealthExpressionOptions {
  /** API version of the objects, such as `cert-manager.io/v1`. Only its group matters. An empty one throws. */
  readonly apiVersion: string;
  /**
   * Kind of the objects. Without it, for Flux 2.9 and newer, it holds for all kinds of the group that have no expression of their own.
   * @default - all of the group
   */
  readonly kind?: string;
  /** True when the object is as it should be. An empty one throws. */
  readonly current: string;
  /**
   * True while it gets there.
   * @default - while neither `failed` nor `current` is true
   */
  readonly inProgress?: string;
  /**
   * True when it will not get there: Flux then waits no longer.
   * @default - never
   */
  readonly failed?: string;
}

/** How Flux's objects say it. */
export interface RenderedHealthExpression {
  readonly apiVersion: string;
  readonly kind?: string;
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

const READY = 'status.conditions.exists(e, e.type == \'Ready\' && e.status == \'True\')';
const READY_AS_IT_IS = READY.replace('\'True\'', '\'True\' && e.observedGeneration == metadata.generation');

/**
 * How Flux sees that custom resources are healthy. Without it, Flux takes one without a status for healthy, which each is until its controller has
 * seen it, and one that is not ready for under way until the timeout.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export class FluxHealthExpression {
  /** Certificates of cert-manager: issued, for the spec as it is now. Some time without being ready is usual, so that alone none is failed. */
  public static certificates(): FluxHealthExpression {
    return new FluxHealthExpression([{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', current: READY_AS_IT_IS }]);
  }

  /** Issuers and ClusterIssuers of cert-manager: ready. One that waits for the Secret of its CA is under way. */
  public static issuers(): FluxHealthExpression {
    return new FluxHealthExpression(['Issuer', 'ClusterIssuer'].map((kind) => ({ apiVersion: 'cert-manager.io/v1', kind, current: READY })));
  }

  /** What NACK makes: accounts, streams, consumers, buckets. All are retried, so that none is failed. */
  public static jetStream(): FluxHealthExpression {
    return new FluxHealthExpression(NACK_KINDS.map((kind) => ({ apiVersion: NACK, kind, current: READY })), { apiVersion: NACK, current: READY });
  }

  /** HelmReleases of Flux: installed or upgraded as their spec is now. A release that failed is tried again, so that none is failed. */
  public static helmReleases(): FluxHealthExpression {
    return new FluxHealthExpression([{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', current: READY_AS_IT_IS }]);
  }

  /** Any other kind. */
  public static of(options: FluxHealthExpressionOptions): FluxHealthExpression {
    const { apiVersion, kind, current, inProgress, failed } = options;
    return new FluxHealthExpression([{ apiVersion, kind, current, inProgress, failed }]);
  }

  private constructor(private readonly entries: RenderedHealthExpression[], private readonly ofGroup?: RenderedHealthExpression) {}

  /** @internal One entry for the group where the release takes it. */
  public _render(flux: FluxVersion): RenderedHealthExpression[] {
    return this.ofGroup && isSince(flux, FluxVersion.V2_9) ? [this.ofGroup] : this.entries;
  }
}

const NACK = 'jetstream.nats.io/v1beta2';
const NACK_KINDS = ['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream'];

/** The entries of an object; a wrong one, and two for one kind, throw. */
export function renderHealthExpressions(object: FluxObject, expressions: FluxHealthExpression[] | undefined): RenderedHealthExpression[] | undefined {
  if (!expressions?.length) return undefined;
  const entries = expressions.flatMap((expression) => expression._render(fluxVersionOf(object)));
  const seen = new Set<string>();
  for (const { apiVersion, kind, current } of entries) {
    takeParts(object, [{
      broken: emptyTexts(FLUX_HEALTH_EXPRESSION, { 'apiVersion of a health expression': apiVersion, [`current of the health expression for ${kind ?? apiVersion}`]: current }),
      features: [['a health expression without kind', FluxVersion.V2_9, kind === undefined]],
    }]);
    const group = groupOf(apiVersion);
    if (seen.has(`${group} ${kind}`)) {
      throw FLUX_HEALTH_EXPRESSION.error(object, { what: `healthExpressions has two for ${kind ?? 'all kinds'} of the group '${group}'`, allowed: 'one for each kind', fix: 'join them with ||' });
    }
    seen.add(`${group} ${kind}`);
  }
  checkVacuous(object, entries);
  return entries;
}

/** The entries that are given, and what is known of other groups. */
export function withKnownHealth(
  given: RenderedHealthExpression[] | undefined, known: FluxHealthExpression[], flux: FluxVersion,
): RenderedHealthExpression[] | undefined {
  const groups = new Set(given?.map(({ apiVersion }) => groupOf(apiVersion)));
  const added = known.flatMap((expression) => expression._render(flux)).filter(({ apiVersion }) => !groups.has(groupOf(apiVersion)));
  return given || added.length > 0 ? [...given ?? [], ...added] : undefined;
}

const VACUOUS = /\.filter\(.*\)\s*\.all\(/s;

function checkVacuous(object: FluxObject, entries: RenderedHealthExpression[]): void {
  const vacuous = entries.flatMap(({ apiVersion, kind, current, failed }) =>
    Object.entries({ current, failed }).filter(([, text]) => VACUOUS.test(text ?? '')).map(([prop, text]) => ({
      what: `${prop} of the health expression for ${kind ?? apiVersion} is '${text}', which is true of an object without conditions`,
      allowed: 'exists()',
      fix: 'write status.conditions.exists(e, e.type == \'Ready\' && e.status == ...)',
    })));
  if (vacuous.length > 0) checkAtSynth(object, FLUX_HEALTH_VACUOUS, () => vacuous);
}
