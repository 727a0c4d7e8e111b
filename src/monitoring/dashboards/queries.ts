import { LIVE_METRIC, series } from '../promql';

const CLUSTER = 'job="$cluster"';
const POD = 'pod=~"$pod"';

/** A selector of series of the cluster that is chosen. */
export function of(metric: string, ...matchers: string[]): string {
  return series(metric, CLUSTER, ...matchers);
}

/** A selector of series of the servers that are chosen. */
export function ofPods(metric: string, ...matchers: string[]): string {
  return series(metric, CLUSTER, POD, ...matchers);
}

/** What /varz tells of servers that live; of others it stays as it was. */
export function whileLive(metric: string, chosenPods: boolean = false): string {
  return `(${chosenPods ? ofPods(metric) : of(metric)} and on (job, pod) ${of(LIVE_METRIC)})`;
}
