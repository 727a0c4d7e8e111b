import { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import { eventually } from './eventually';

/**
 * Adds a stream with three replicas. The leader of a cluster that has just started takes servers of which it has not heard for
 * offline, and is asked again until it has.
 */
export async function addReplicatedStream({ streams }: JetStreamManager, config: Partial<StreamConfig> & { name: string }): Promise<StreamInfo> {
  const add = () => streams.add({ ...config, num_replicas: 3 }).catch((error: Error) => error);
  const answer = await eventually(add, (info) => !(info instanceof Error && info.message.includes('peer offline')));
  if (answer instanceof Error) throw answer;
  return answer;
}
