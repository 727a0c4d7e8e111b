import { StreamConfig } from './stream-config';
import { isSince, NatsVersion } from '../../nats/nats-version';
import { JetStreamPlace } from '../rules/place';

/** The duplicate window, in milliseconds, of a stream that does not say its own. */
export const DEFAULT_WINDOW = 120_000;

/** Whether the server gives a stream without a window of its own one. */
export function hasDefaultWindow({ mirror, sources }: Pick<StreamConfig, 'mirror' | 'sources'>, { version }: JetStreamPlace): boolean {
  return !mirror && (sources.length === 0 || !isSince(version, NatsVersion.V2_14));
}

/** The window that the server gives a stream without one of its own, no longer than messages live and the servers allow; undefined where it gives none. */
export function defaultWindow(config: Pick<StreamConfig, 'maxAge' | 'mirror' | 'sources'>, place: JetStreamPlace): number | undefined {
  if (!hasDefaultWindow(config, place)) return undefined;
  return Math.min(DEFAULT_WINDOW, config.maxAge || Infinity, place.limits?.duplicateWindow ?? Infinity);
}
