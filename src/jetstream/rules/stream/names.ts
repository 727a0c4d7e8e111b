import { StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { StreamConfig, StreamStorage } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { bytesIn } from '../words';

export const MAX_NAME_BYTES = 255;
export const MAX_DESCRIPTION_BYTES = 4096;
/** 128 KiB less what the server writes there itself: the level of the API that the stream needs. */
export const MAX_METADATA_BYTES = 131_072 - '_nats.req.level'.length - 1;
/** What Kubernetes allows, less what the rest of a stream takes. */
const MAX_ANNOTATION_BYTES = 262_144 - 2048;
const serverKeys = ['_nats.ver', '_nats.level', '_nats.req.level'];

/** Whether nats-server takes a text as the name of a stream or consumer. */
export function isAssetName(text: string): boolean {
  return text !== '' && !/[ \t\r\n\f.*>\\/]/.test(text);
}

export const names: StreamRule[] = [
  serverRule('STREAM-NAME', 'The name of a stream has no white space and none of . * > / \\', "stream name is required and can not contain '.', '*', '>', '\\', '/'",
    ({ name }) => !isAssetName(name) && {
      what: name === '' ? 'the name of the stream is empty' : `the name of the stream is '${name}'`,
      allowed: 'letters, digits, - and _; no white space, nor . * > / \\',
      fix: name === '' ? undefined : `call it '${name.replace(/[ \t\r\n\f.*>\\/]+/g, '_')}'; its subjects may have dots`,
    }),
  serverRule('STREAM-NAME-LENGTH', 'The name of a stream has at most 255 bytes.', 'stream name is too long, maximum allowed is 255',
    ({ name }) => bytesIn(name) > MAX_NAME_BYTES && {
      what: `the name of the stream has ${bytesIn(name)} bytes`, allowed: `up to ${MAX_NAME_BYTES - 1}`, fix: 'shorten it',
    }),
  assetRule({
    id: 'STREAM-NAME-UNDELETABLE',
    level: RuleLevel.ERROR,
    statement: 'The name of a stream in files has at most 254 bytes: one of 255 cannot be deleted, and its messages come back.',
    source: 'nats-server: the folder is renamed to a name with a dot before it is removed, and no file system takes 256 bytes (measured)',
  }, ({ name, storage }) => storage === StreamStorage.FILE && bytesIn(name) === MAX_NAME_BYTES && {
    what: `the name of the stream has ${MAX_NAME_BYTES} bytes`, allowed: `up to ${MAX_NAME_BYTES - 1}`, fix: 'shorten it',
  }),
  assetRule({
    id: 'STREAM-NAME-CONTROL',
    level: RuleLevel.ERROR,
    statement: 'The name of a stream has no control characters.',
    source: 'NACK does not ask for a name with U+0000; the others are accepted by nats-server, and seen by nobody',
  }, ({ name }) => /(?![\t\r\n\f])\p{Cc}/u.test(name) && {
    what: `the name of the stream is ${JSON.stringify(name)}, with a control character`, allowed: 'characters that can be seen', fix: 'leave it out',
  }),
  assetRule({
    id: 'STREAM-NAME-DIGITS',
    level: RuleLevel.GUARDED,
    statement: 'The name of a stream is not only digits: whoever may acknowledge its messages could acknowledge those of other streams, too.',
    source: 'nats-server: the number of deliveries stands in an acknowledgement where newer servers write the name of the stream',
  }, ({ name }) => /^\d+$/.test(name) && {
    what: `the name of the stream is '${name}'`, allowed: 'a name with a letter', fix: `call it 'S${name}'`,
  }),
  serverRule('STREAM-DESCRIPTION', 'The description of a stream has at most 4096 bytes.', 'stream description is too long, maximum allowed is 4096',
    ({ description = '' }) => bytesIn(description) > MAX_DESCRIPTION_BYTES && {
      what: `description has ${bytesIn(description)} bytes`, allowed: `up to ${MAX_DESCRIPTION_BYTES}`, fix: 'shorten it',
    }),
  serverRule('STREAM-METADATA', 'The keys and values of metadata have at most 131056 bytes together.', 'stream metadata exceeds maximum size of 131072 bytes',
    ({ metadata }) => metadataBytes(metadata) > MAX_METADATA_BYTES && {
      what: `metadata has ${metadataBytes(metadata)} bytes`, allowed: `up to ${MAX_METADATA_BYTES}, keys and values together`, fix: 'keep it elsewhere',
    }),
  assetRule({
    id: 'STREAM-METADATA-KEY',
    level: RuleLevel.ERROR,
    statement: 'No key of metadata is empty or begins with _nats.',
    source: 'NACK: "invalid empty string key in metadata"; nats-server replaces what begins with _nats. by its own',
  }, ({ metadata }) => Object.keys(metadata).filter((key) => key === '' || key.startsWith('_nats.')).map((key) => ({
    what: `metadata has the key '${key}'`, allowed: 'keys that are not empty and do not begin with _nats.', fix: 'rename it',
  }))),
  assetRule({
    id: 'STREAM-ANNOTATION-SIZE',
    level: RuleLevel.ERROR,
    statement: 'Subjects, description and metadata of a stream fit into the annotation in which NACK keeps what it has made.',
    source: 'Kubernetes: annotations have at most 262144 bytes; NACK then makes the stream, and never finds it ready',
  }, (config) => annotatedBytes(config) > MAX_ANNOTATION_BYTES && {
    what: `subjects, description and metadata have ${annotatedBytes(config)} bytes, of which NACK keeps a copy in an annotation`,
    allowed: `up to ${MAX_ANNOTATION_BYTES}`,
    fix: "use wildcards, such as 'orders.>' for all orders",
  }),
];

/** Bytes that NACK needs of a resource's annotations, at least: JSON has quotes and commas besides. */
function annotatedBytes({ subjects, description = '', metadata }: StreamConfig): number {
  const ofSubjects = subjects.reduce((sum, subject) => sum + bytesIn(subject) + 3, 0);
  return ofSubjects + bytesIn(description) + metadataBytes(metadata) + 6 * Object.keys(metadata).length;
}

export function metadataBytes(metadata: { readonly [key: string]: string }): number {
  return Object.entries(metadata).reduce((sum, [key, value]) => serverKeys.includes(key) ? sum : sum + bytesIn(key) + bytesIn(value), 0);
}
