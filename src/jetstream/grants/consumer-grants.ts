import { ackSubjects, API, flowControlSubjects } from './subjects';
import { Grant } from '../../nats/auth/grant';
import { AckPolicy, ConsumerConfig } from '../consumer/consumer-config';

/** What of a consumer decides what its clients need. */
export type ConsumedConsumer = Pick<ConsumerConfig, 'streamName' | 'name' | 'ackPolicy' | 'deliverSubject' | 'deliverGroup' | 'flowControl'>;

/** To receive what a consumer delivers, and to acknowledge it. */
export function consumeGrant({ streamName, name, ackPolicy, deliverSubject, deliverGroup, flowControl }: ConsumedConsumer): Grant {
  const info = `${API}.CONSUMER.INFO.${streamName}.${name}`;
  // With the other policies the server does not listen to acknowledgements.
  const acks = ackPolicy === AckPolicy.EXPLICIT || ackPolicy === AckPolicy.ALL ? ackSubjects(streamName, name) : [];
  if (deliverSubject === undefined) return { publish: [info, `${API}.CONSUMER.MSG.NEXT.${streamName}.${name}`, ...acks] };
  return {
    publish: [info, ...acks, ...flowControl ? flowControlSubjects(streamName, name) : []],
    subscribe: [deliverGroup === undefined ? deliverSubject : `${deliverSubject} ${deliverGroup}`],
  };
}
