import { AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { ConsumerPlace } from '../../../src/jetstream/rules/place';
import { StreamConfig, StreamRetention, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../../src/nats/nats-version';
import { someStream } from '../some-configs';

/** The place of a consumer of such a stream. */
export function of(stream: Partial<StreamConfig>): Partial<ConsumerPlace> {
  return { origin: someStream(stream) };
}

export const workQueue = of({ retention: StreamRetention.WORK_QUEUE });
export const push = { deliverSubject: 'to.me' };
export const flowAcks = { ...push, ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0, flowControl: true, heartbeat: 1000 };
const capped = of({ consumerLimits: { maxAckPending: 10, inactiveThreshold: 10_000 } });

/** By rule: what breaks it, and what it says. */
export const mistakes: { readonly [rule: string]: readonly [config: Partial<ConsumerConfig>, there: Partial<ConsumerPlace>, says: string][] } = {
  'CONSUMER-NAME': [
    [{ name: 'a b.c' }, {}, "the name of the consumer is 'a b.c'; allowed: letters, digits, - and _; no white space, nor . * > / \\; fix: call it 'a_b_c'"],
    [{ name: '' }, {}, 'the name of the consumer is empty; allowed: letters, digits, - and _; no white space, nor . * > / \\'],
  ],
  'CONSUMER-NAME-LENGTH': [[{ name: 'ü'.repeat(128) }, {}, 'the name of the consumer has 256 bytes; allowed: up to 255; fix: shorten it']],
  'CONSUMER-NAME-CONTROL': [
    [{ name: 'a\0' }, {}, 'the name of the consumer is "a\\u0000", with a control character; allowed: characters that can be seen; fix: leave it out'],
  ],
  'CONSUMER-STREAM-NAME': [
    [{ streamName: 'orders.>' }, {}, "the stream is called 'orders.>'; allowed: the name of a stream: no white space, nor . * > / \\; fix: give the name of the stream, not one of its subjects"],
  ],
  'CONSUMER-DESCRIPTION': [[{ description: 'ü'.repeat(2049) }, {}, 'description has 4098 bytes; allowed: up to 4096; fix: shorten it']],
  'CONSUMER-METADATA': [
    [{ metadata: { k: 'v'.repeat(131_056) } }, {}, 'metadata has 131057 bytes; allowed: up to 131056, keys and values together; fix: keep it elsewhere'],
  ],
  'CONSUMER-METADATA-KEY': [
    [{ metadata: { '': 'v' } }, {}, "metadata has the key ''; allowed: keys that are not empty and do not begin with _nats.; fix: rename it"],
    [{ metadata: { '_nats.x': 'v' } }, {}, "metadata has the key '_nats.x'; allowed: keys that are not empty and do not begin with _nats.; fix: rename it"],
  ],
  'CONSUMER-NEGATIVE': [
    [{ maxWaiting: -1 }, {}, 'maxWaiting is -1; allowed: nothing below zero; fix: leave it out where there is no limit'],
    [{ maxDeliver: -2 }, {}, 'maxDeliver is -2; allowed: a number from 1, or -1 for unlimited; fix: leave it out where there is no limit'],
    [{ ...push, heartbeat: -1500 }, {}, 'heartbeat is -1s500ms; allowed: nothing below zero; fix: leave it out where there is no limit'],
  ],
  'CONSUMER-ACK-WAIT': [
    [{ ackWait: -1000 }, {}, 'ackWait has -1s; allowed: at least 0s'],
    [{ backoff: [30_000, -1] }, {}, 'backoff has -1ms; allowed: at least 0s'],
  ],
  'CONSUMER-NUMBER': [
    [{ maxDeliver: 0 }, {}, 'maxDeliver is 0, which means without end; allowed: a whole number from 1, or -1 for unlimited; fix: leave it out if that is meant'],
    [{ maxAckPending: 1.5 }, {}, 'maxAckPending is 1.5; allowed: a whole number from 1, or -1 for unlimited'],
    [{ replicas: 0 }, {}, 'replicas is 0, which means those of the stream; allowed: a whole number from 1; fix: leave it out if that is meant'],
    [{ maxRequestMaxBytes: 2 ** 60 }, {}, 'maxRequestMaxBytes is 1152921504606847000; allowed: a whole number from 1'],
  ],
  'CONSUMER-DURATION': [[{ ackWait: 2_562_048 * 3_600_000 }, {}, 'ackWait is 2562048 hours; allowed: up to 2562047 hours']],
  'CONSUMER-REPLICAS-NEGATIVE': [[{ replicas: -1 }, {}, 'replicas is -1; allowed: a whole number from 1; fix: leave it out to have those of the stream']],
  'CONSUMER-REPLICAS-ALONE': [[{ replicas: 3 }, { clustered: false }, 'replicas is 3, but there is a single server; allowed: 1; fix: leave replicas out']],
  'CONSUMER-REPLICAS-STREAM': [[{ replicas: 3 }, {}, "replicas is 3, but stream 'ORDERS' has 1; allowed: up to 1; fix: leave replicas out to have those of the stream"]],
  'CONSUMER-REPLICAS-RETENTION': [[
    { replicas: 1 }, of({ replicas: 3, retention: StreamRetention.INTEREST }),
    "replicas is 1, but stream 'ORDERS', with retention interest, has 3; allowed: 3; fix: leave replicas out to have those of the stream",
  ]],
  'CONSUMER-REPLICAS-EVEN': [[{ replicas: 2 }, of({ replicas: 3 }), 'replicas is 2; allowed: 1, 3 or 5; fix: leave replicas out to have those of the stream']],
  'CONSUMER-MEMORY-ALONE': [[
    { storage: StreamStorage.MEMORY }, {},
    'the position of the consumer is in memory, with one replica: it begins again when that server restarts; fix: leave memStorage out, or give it the replicas of a replicated stream',
  ]],
  'CONSUMER-WORK-QUEUE-ACK': [
    [{ ackPolicy: AckPolicy.NONE }, workQueue, "ackPolicy is none, but stream 'ORDERS' is a work queue; allowed: AckPolicy.EXPLICIT; fix: leave ackPolicy out"],
    [{ ackPolicy: AckPolicy.ALL }, workQueue, "ackPolicy is all, but stream 'ORDERS' is a work queue; allowed: AckPolicy.EXPLICIT; fix: leave ackPolicy out"],
  ],
  'CONSUMER-WORK-QUEUE-START': [
    [{ deliverPolicy: DeliverPolicy.NEW }, workQueue, "deliverPolicy is new, but stream 'ORDERS' is a work queue; allowed: DeliverPolicy.ALL; fix: leave deliverPolicy out"],
  ],
  'CONSUMER-BACKOFF-ACK-WAIT': [
    [{ ackWait: 0, backoff: [1000] }, {}, 'ackWait is 30s, but backoff begins with 1s; allowed: 1s; fix: leave ackWait out, which is then the first of backoff'],
    [
      { ackWait: 0, backoff: [0] }, {},
      'ackWait is 30s, but backoff begins with 0s; allowed: a backoff that begins with more than 0s; fix: leave ackWait out, which is then the first of backoff',
    ],
  ],
  'CONSUMER-BACKOFF': [
    [{ maxDeliver: 1, backoff: [30_000, 60_000] }, {}, 'backoff has 2 times, but maxDeliver is 1; allowed: no more times than maxDeliver; fix: shorten backoff, or raise maxDeliver'],
  ],
  'CONSUMER-MAX-ACK-PENDING': [
    [{ maxAckPending: 51 }, { limits: { maxAckPending: 50 } }, 'maxAckPending is 51, above the limit of the servers; allowed: up to 50; fix: lower it, or raise the limit'],
    [
      { maxAckPending: 51 }, { account: { enabled: true, maxAckPending: 50 } },
      'maxAckPending is 51, above the limit of the account; allowed: up to 50; fix: lower it, or raise the limit',
    ],
    [{ maxAckPending: 11, inactiveThreshold: 1000 }, capped, "maxAckPending is 11, above the limit of stream 'ORDERS'; allowed: up to 10; fix: lower it, or raise the limit"],
  ],
  'CONSUMER-LIMITS-UNSAID': [
    [{ inactiveThreshold: 1000 }, capped, "maxAckPending is left out, but consumerLimits of stream 'ORDERS' has it; allowed: up to 10; fix: give maxAckPending"],
    [{ maxAckPending: 10 }, capped, "inactiveThreshold is left out, but consumerLimits of stream 'ORDERS' has it; allowed: up to 10s; fix: give inactiveThreshold"],
  ],
  'CONSUMER-LIMIT-EVADED': [[
    { maxAckPending: -1 }, { limits: { maxAckPending: 50 } },
    'maxAckPending is -1, which is unlimited, although there is a limit of 50; allowed: up to 50; fix: give a number',
  ]],
  'CONSUMER-ACK-NONE-PENDING': [[
    { ...push, ackPolicy: AckPolicy.NONE, maxAckPending: 5 }, {},
    'maxAckPending is 5, but nothing is acknowledged; allowed: maxAckPending -1; fix: leave maxAckPending out, or let ackPolicy be EXPLICIT',
  ]],
  'CONSUMER-ACK-NONE-REDELIVERY': [[
    { ackPolicy: AckPolicy.NONE, maxDeliver: 5 }, {},
    'maxDeliver is given, but nothing is acknowledged, so that nothing is delivered again; fix: leave it out, or let ackPolicy be EXPLICIT',
  ]],
  'CONSUMER-INACTIVE-THRESHOLD': [[
    { maxAckPending: 10, inactiveThreshold: 11_000 }, capped,
    "inactiveThreshold is 11s, above the limit of stream 'ORDERS'; allowed: up to 10s; fix: lower it, or raise consumerLimits of the stream",
  ]],
  'CONSUMER-TEMPORARY': [
    [{ inactiveThreshold: 60_000 }, {}, 'the consumer is deleted, and forgets its position, when nobody asks it for 1m; fix: leave inactiveThreshold out'],
  ],
  'CONSUMER-FLOW-ACK-VERSION': [[
    flowAcks, { version: NatsVersion.V2_12 },
    'ackPolicy is flow_control, which nats-server 2.12 does not know; allowed: AckPolicy.EXPLICIT, ALL or NONE; fix: use a later release of the server',
  ]],
  'CONSUMER-FLOW-ACK-PUSH': [[
    { ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0 }, {},
    'ackPolicy is flow_control, but it is a pull consumer; allowed: AckPolicy.EXPLICIT, ALL or NONE; fix: give deliverSubject',
  ]],
  'CONSUMER-FLOW-ACK-CONTROL': [
    [{ ...flowAcks, flowControl: false }, {}, 'ackPolicy is flow_control, but flowControl is false; allowed: flowControl: true; fix: leave flowControl out'],
  ],
  'CONSUMER-FLOW-ACK-HEARTBEAT': [
    [{ ...flowAcks, heartbeat: 5000 }, {}, 'ackPolicy is flow_control, but heartbeat is 5s; allowed: 1s; fix: leave heartbeat out'],
    [{ ...flowAcks, flowControl: false, heartbeat: undefined }, {}, 'ackPolicy is flow_control, but heartbeat is left out; allowed: 1s; fix: give heartbeat'],
  ],
  'CONSUMER-FLOW-ACK-PENDING': [[
    { ...flowAcks, maxAckPending: -1 }, {},
    'ackPolicy is flow_control, but maxAckPending is -1, which is unlimited; allowed: a number from 1; fix: leave maxAckPending out',
  ]],
  'CONSUMER-FLOW-ACK-WAIT': [
    [{ ...flowAcks, ackWait: 30_000 }, {}, 'ackPolicy is flow_control, but ackWait is 30s; allowed: neither ackWait nor backoff; fix: leave them out'],
    [{ ...flowAcks, ackWait: 1000, backoff: [1000] }, {}, 'ackPolicy is flow_control, but backoff is given; allowed: neither ackWait nor backoff; fix: leave them out'],
  ],
  'CONSUMER-FLOW-ACK-DELIVERIES': [[{ ...flowAcks, maxDeliver: 5 }, {}, 'ackPolicy is flow_control, but maxDeliver is 5; allowed: -1; fix: leave maxDeliver out']],
  'CONSUMER-DELIVER-EMPTY': [[{ deliverSubject: '' }, {}, 'deliverSubject is empty, which makes a pull consumer; allowed: a subject; fix: name it, or leave push out']],
  'CONSUMER-DELIVER-SUBJECT': [
    [{ deliverSubject: 'to.*' }, {}, "deliverSubject is 'to.*'; allowed: tokens without white space between dots, none of them * or >"],
    [{ deliverSubject: 'to me' }, {}, "deliverSubject is 'to me'; allowed: tokens without white space between dots, none of them * or >"],
  ],
  'CONSUMER-DELIVER-CYCLE': [
    [
      { deliverSubject: 'orders.out' }, {},
      "deliverSubject 'orders.out' is kept by stream 'ORDERS', by its subject 'orders.>'; allowed: a subject that the stream does not keep; fix: choose another subject",
    ],
    [
      { deliverSubject: 'ORDERS' }, of({ subjects: [] }),
      "deliverSubject 'ORDERS' is kept by stream 'ORDERS', by its subject 'ORDERS'; allowed: a subject that the stream does not keep; fix: choose another subject",
    ],
  ],
  'CONSUMER-PUSH-MAX-WAITING': [[{ ...push, maxWaiting: 5 }, {}, 'maxWaiting is 5, but it is a push consumer, which nobody asks; fix: leave it out']],
  'CONSUMER-PUSH-REQUESTS': [[{ ...push, maxRequestBatch: 5 }, {}, 'maxRequestBatch is given, but it is a push consumer, which nobody asks; fix: leave it out']],
  'CONSUMER-HEARTBEAT': [[{ ...push, heartbeat: 99.5 }, {}, 'heartbeat is 99.5ms; allowed: at least 100ms; fix: raise it']],
  'CONSUMER-FLOW-CONTROL': [[
    { ...push, flowControl: true }, {},
    'flowControl is true, but there is no heartbeat, by which a client that has fallen behind is found; allowed: a heartbeat of at least 100ms; fix: give heartbeat',
  ]],
  'CONSUMER-DELIVER-GROUP': [
    [{ ...push, deliverGroup: 'a b' }, {}, "deliverGroup is 'a b'; allowed: a name without white space, and without empty tokens between dots"],
    [{ deliverGroup: 'a' }, {}, "deliverGroup is 'a', but it is a pull consumer, whose clients need no group; fix: leave it out"],
  ],
  'CONSUMER-RATE-LIMIT': [
    [{ ...push, rateLimitBps: 7 }, {}, 'rateLimitBps is 7; allowed: a whole number from 8; fix: count in bits, not in kilobits; leave it out for no limit'],
    [{ ...push, rateLimitBps: -1 }, {}, 'rateLimitBps is -1; allowed: a whole number from 8; fix: count in bits, not in kilobits; leave it out for no limit'],
  ],
  'CONSUMER-PULL-OPTIONS': [
    [{ rateLimitBps: 8000 }, {}, 'rateLimitBps is given, but it is a pull consumer; fix: leave it out, or give deliverSubject'],
    [{ heartbeat: 1000 }, {}, 'heartbeat is given, but it is a pull consumer; fix: leave it out, or give deliverSubject'],
    [{ flowControl: true }, {}, 'flowControl is given, but it is a pull consumer; fix: leave it out, or give deliverSubject'],
  ],
  'CONSUMER-REQUEST-EXPIRES': [[{ maxRequestExpires: 0.5 }, {}, 'maxRequestExpires is 0.5ms; allowed: at least 1ms; fix: raise it, or leave it out for no limit']],
  'CONSUMER-REQUEST-BATCH': [[
    { maxRequestBatch: 21 }, { limits: { maxRequestBatch: 20 } },
    'maxRequestBatch is 21, above the limit of the servers; allowed: up to 20; fix: lower it, or raise the limit in jetStream of the cluster',
  ]],
  'CONSUMER-REQUEST-BATCH-UNSAID': [
    [{}, { limits: { maxRequestBatch: 20 } }, 'maxRequestBatch is left out, but the servers have a limit for it; allowed: up to 20; fix: give maxRequestBatch'],
  ],
  'CONSUMER-FILTER': [
    [
      { filterSubjects: ['orders..paid'] }, {},
      'filterSubjects has "orders..paid", which is no subject; allowed: tokens without white space between dots, * for one token, > at the end for all that follow; fix: mend it',
    ],
    [
      { filterSubjects: ['orders.a', ''] }, {},
      'filterSubjects has "", which is no subject; allowed: tokens without white space between dots, * for one token, > at the end for all that follow; fix: leave it out',
    ],
  ],
  'CONSUMER-FILTER-EMPTY': [[
    { filterSubjects: [''] }, {},
    'filterSubjects has an empty text, so that everything is delivered; allowed: subjects; fix: leave filterSubjects out if all messages are meant',
  ]],
  'CONSUMER-FILTER-OVERLAP': [
    [
      { filterSubjects: ['orders.a', 'orders.*'] }, {},
      "filterSubjects has 'orders.a', which lies within 'orders.*'; allowed: filters of which none lies within another; fix: leave the narrower one out",
    ],
    [
      { filterSubjects: ['orders.a', 'orders.a'] }, {},
      "filterSubjects has 'orders.a' twice; allowed: filters of which none lies within another; fix: leave one of them out",
    ],
  ],
  'CONSUMER-FILTER-OUTSIDE': [
    [
      { filterSubjects: ['bills.*'] }, {},
      "filterSubjects has 'bills.*', of which stream 'ORDERS' keeps nothing; allowed: subjects within 'orders.>'; fix: mend the filter, or add the subject to the stream",
    ],
    [
      { filterSubjects: ['orders'] }, of({ subjects: [] }),
      "filterSubjects has 'orders', of which stream 'ORDERS' keeps nothing; allowed: subjects within 'ORDERS'; fix: mend the filter, or add the subject to the stream",
    ],
  ],
  'CONSUMER-LAST-PER-SUBJECT': [[
    { deliverPolicy: DeliverPolicy.LAST_PER_SUBJECT }, {},
    "deliverPolicy is lastPerSubject, but there is no filter; allowed: filterSubjects; fix: give filterSubjects: ['>'] for all subjects",
  ]],
  'CONSUMER-START-SEQUENCE': [[
    { deliverPolicy: DeliverPolicy.BY_START_SEQUENCE }, {},
    'deliverPolicy is byStartSequence, but startSequence is left out; allowed: a whole number from 1; fix: give startSequence',
  ]],
  'CONSUMER-START-TIME': [[
    { deliverPolicy: DeliverPolicy.BY_START_TIME, startTime: 'noon' }, {},
    "deliverPolicy is byStartTime, but startTime is 'noon'; allowed: RFC 3339, such as '2026-01-31T12:00:00Z'; fix: give startTime",
  ]],
  'CONSUMER-START-UNUSED': [
    [{ startSequence: 5 }, {}, 'startSequence is given, but deliverPolicy is all; allowed: startSequence with DeliverPolicy.BY_START_SEQUENCE; fix: leave one of them out'],
    [{ startTime: '2026-01-31T12:00:00Z' }, {}, 'startTime is given, but deliverPolicy is all; allowed: startTime with DeliverPolicy.BY_START_TIME; fix: leave one of them out'],
  ],
  'CONSUMER-PAUSE-UNTIL': [[{ pauseUntil: '2026-02-30T00:00:00Z' }, {}, "pauseUntil is '2026-02-30T00:00:00Z'; allowed: RFC 3339, such as '2026-01-31T12:00:00Z'"]],
  'CONSUMER-SAMPLE-FREQUENCY': [[{ sampleFrequency: '1.5%' }, {}, 'sampleFrequency is 1.5%; allowed: a whole number of percent, from 0 to 100']],
  'CONSUMER-SAMPLE-PERCENT': [[{ sampleFrequency: '101%' }, {}, 'sampleFrequency is 101%; allowed: a whole number of percent, from 0 to 100']],
  'CONSUMER-PRIORITY-PUSH': [[
    { ...push, priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['a'] }, {},
    'priorityPolicy is given, but it is a push consumer; fix: leave it out; a deliverGroup shares what is delivered',
  ]],
  'CONSUMER-PRIORITY-GROUP': [
    [{ priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['a.b'] }, {}, "priorityGroups has 'a.b'; allowed: 1 to 16 letters, digits, - _ / and ="],
  ],
  'CONSUMER-PRIORITY-GROUPS': [
    [
      { priorityPolicy: PriorityPolicy.OVERFLOW }, {},
      'priorityPolicy is overflow, but there are no priorityGroups, so that it would not be set; allowed: at least one group; fix: give priorityGroups',
    ],
    [{ priorityGroups: ['a'] }, {}, 'priorityGroups are given, but no priorityPolicy, so that they would not be set; fix: give priorityPolicy, or leave them out'],
  ],
  'CONSUMER-PINNED-TTL': [
    [
      { priorityPolicy: PriorityPolicy.PINNED_CLIENT, priorityGroups: ['a'] }, {},
      'priorityPolicy is pinned_client, but there is no pinnedTtl, so that the policy would not be set; allowed: a time; the default of the server is 2m; fix: give pinnedTtl',
    ],
    [
      { priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['a'], pinnedTtl: 1000 }, {},
      'pinnedTtl is given, but priorityPolicy is not pinned_client, so that it would not be set; fix: leave it out',
    ],
  ],
};
