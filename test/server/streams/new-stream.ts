import { StreamConfig, StreamOriginConfig, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { someStream } from '../../jetstream/some-configs';

/** A stream in memory with one subject, but for what is said. */
export function newStream(said: Partial<StreamConfig> = {}): StreamConfig {
  return someStream({ name: 'NEW', subjects: ['a'], storage: StreamStorage.MEMORY, ...said });
}

/** A stream from which a mirror or source copies. */
export function image(name: string, said: Partial<StreamOriginConfig> = {}): StreamOriginConfig {
  return { name, subjectTransforms: [], ...said };
}
