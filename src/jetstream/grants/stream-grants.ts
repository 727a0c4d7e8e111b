import { API, flowControlSubjects } from './subjects';
import { Grant } from '../../nats/auth/grant';

/** What of a stream is read, and how. */
export interface StreamReading {
  /** Nothing for all subjects. */
  readonly filterSubjects?: string[];
  readonly orderedConsumers: boolean;
  readonly legacyConsumers: boolean;
}

/** To publish what a stream stores. A publisher needs nothing of JetStream's API; it is answered in its inbox. */
export function publishGrant(subjects: string[]): Grant {
  return { publish: subjects };
}

/** What of a stream decides what its readers need. */
export interface ReadStream {
  readonly name: string;
  /** Absent if it is not known. */
  readonly allowDirect?: boolean;
}

/** To read a stream without a durable consumer. */
export function readGrant({ name, allowDirect }: ReadStream, reading: StreamReading): Grant {
  const { filterSubjects, orderedConsumers, legacyConsumers } = reading;
  const filters = filterSubjects ?? ['>'];
  const [all, [direct, indirect]] = [filterSubjects === undefined, [allowDirect !== false, allowDirect !== true]];
  return {
    publish: [
      `${API}.STREAM.INFO.${name}`,
      ...direct ? filters.map((filter) => `${API}.DIRECT.GET.${name}.${filter}`) : [],
      // By sequence, the server gives any message, so that it is for those who may read all.
      ...all && direct ? [`${API}.DIRECT.GET.${name}`] : [],
      ...all && indirect ? [`${API}.STREAM.MSG.GET.${name}`] : [],
      ...orderedConsumers ? orderedConsumerSubjects(name, filters) : [],
      ...orderedConsumers && all ? [`${API}.CONSUMER.CREATE.${name}.*`] : [],
      ...legacyConsumers ? [`${API}.CONSUMER.CREATE.${name}`] : [],
    ],
  };
}

/** For consumers that a client makes for itself and names as it likes, each with one of these filters. */
export function orderedConsumerSubjects(stream: string, filters: string[]): string[] {
  return [
    ...filters.map((filter) => `${API}.CONSUMER.CREATE.${stream}.*.${filter}`),
    `${API}.CONSUMER.MSG.NEXT.${stream}.*`,
    `${API}.CONSUMER.INFO.${stream}.*`,
    ...flowControlSubjects(stream, '*'),
  ];
}

/** To make, change, read, empty and remove a stream and its consumers; not to publish. */
export function manageGrant(name: string): Grant {
  const ofStream = ['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE'].map((verb) => `STREAM.${verb}.${name}`);
  const ofConsumers = ['INFO', 'DELETE', 'PAUSE', 'UNPIN', 'RESET'].map((verb) => `CONSUMER.${verb}.${name}.*`);
  return {
    publish: [
      ...ofStream, `DIRECT.GET.${name}`, `DIRECT.GET.${name}.>`,
      `CONSUMER.CREATE.${name}.>`, `CONSUMER.DURABLE.CREATE.${name}.*`, ...ofConsumers, `CONSUMER.NAMES.${name}`, `CONSUMER.LIST.${name}`,
    ].map((subject) => `${API}.${subject}`),
  };
}
