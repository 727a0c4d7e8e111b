import { API, flowControlSubjects } from './subjects';
import { Grant } from '../../nats/auth/grant';
import { objectStoreStreamName } from '../bucket/bucket-stream';

/** To get objects and their descriptions, to list and to watch them. */
export function objectStoreReadGrant(name: string, { legacyConsumers }: { legacyConsumers: boolean }): Grant {
  const stream = objectStoreStreamName(name);
  return {
    publish: [
      `${API}.INFO`,
      `${API}.STREAM.INFO.${stream}`,
      `${API}.DIRECT.GET.${stream}.$O.${name}.M.>`,
      `${API}.STREAM.MSG.GET.${stream}`,
      `${API}.CONSUMER.CREATE.${stream}.*.$O.${name}.>`,
      `${API}.CONSUMER.INFO.${stream}.*`,
      ...flowControlSubjects(stream, '*'),
      ...legacyConsumers ? [`${API}.CONSUMER.CREATE.${stream}`, `${API}.STREAM.NAMES`] : [],
    ],
  };
}

/** To put and delete objects; whoever puts one reads its old description, so that there is no writing without reading. */
export function objectStoreWriteGrant(name: string): Grant {
  return { publish: [`$O.${name}.C.*`, `$O.${name}.M.*`, `${API}.STREAM.PURGE.${objectStoreStreamName(name)}`] };
}
