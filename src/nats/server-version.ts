import { NatsImages } from './pod/images';
import { DEFAULT_IMAGES } from '../core/default-images';

/** Major and minor number of the servers' version, where the tag of their image tells it. */
export function serverVersion({ server = DEFAULT_IMAGES.natsServer }: NatsImages): [major: number, minor: number] | undefined {
  const match = /^v?(\d+)\.(\d+)/.exec(server.options.tag ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
