import { ConsumerRule } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { assetRule, serverRule } from '../asset-rule';
import { isAssetName, MAX_DESCRIPTION_BYTES, MAX_METADATA_BYTES, MAX_NAME_BYTES, metadataBytes } from '../stream/names';
import { bytesIn } from '../words';

export const names: ConsumerRule[] = [
  serverRule('CONSUMER-NAME', 'The name of a consumer has no white space and none of . * > / \\', "consumer name can not contain '.', '*', '>', '\\', '/'",
    ({ name }) => !isAssetName(name) && {
      what: name === '' ? 'the name of the consumer is empty' : `the name of the consumer is '${name}'`,
      allowed: 'letters, digits, - and _; no white space, nor . * > / \\',
      fix: name === '' ? undefined : `call it '${name.replace(/[ \t\r\n\f.*>\\/]+/g, '_')}'`,
    }),
  serverRule('CONSUMER-NAME-LENGTH', 'The name of a consumer has at most 255 bytes.', 'consumer name is too long, maximum allowed is 255',
    ({ name }) => bytesIn(name) > MAX_NAME_BYTES && { what: `the name of the consumer has ${bytesIn(name)} bytes`, allowed: `up to ${MAX_NAME_BYTES}`, fix: 'shorten it' }),
  assetRule({
    id: 'CONSUMER-NAME-CONTROL',
    level: RuleLevel.ERROR,
    statement: 'The name of a consumer has no control characters.',
    source: 'NACK does not ask for a name with U+0000; the others are accepted by nats-server, and seen by nobody',
  }, ({ name }) => /(?![\t\r\n\f])\p{Cc}/u.test(name) && {
    what: `the name of the consumer is ${JSON.stringify(name)}, with a control character`, allowed: 'characters that can be seen', fix: 'leave it out',
  }),
  serverRule('CONSUMER-STREAM-NAME', 'The stream of a consumer is called what a stream can be called.', 'stream name in subject does not match request',
    ({ streamName }) => !isAssetName(streamName) && {
      what: `the stream is called '${streamName}'`, allowed: 'the name of a stream: no white space, nor . * > / \\', fix: 'give the name of the stream, not one of its subjects',
    }),
  serverRule('CONSUMER-DESCRIPTION', 'The description of a consumer has at most 4096 bytes.', 'consumer description is too long, maximum allowed is 4096',
    ({ description = '' }) => bytesIn(description) > MAX_DESCRIPTION_BYTES && {
      what: `description has ${bytesIn(description)} bytes`, allowed: `up to ${MAX_DESCRIPTION_BYTES}`, fix: 'shorten it',
    }),
  serverRule('CONSUMER-METADATA', 'The keys and values of metadata have at most 131056 bytes together.', 'consumer metadata exceeds maximum size of 128KB',
    ({ metadata }) => metadataBytes(metadata) > MAX_METADATA_BYTES && {
      what: `metadata has ${metadataBytes(metadata)} bytes`, allowed: `up to ${MAX_METADATA_BYTES}, keys and values together`, fix: 'keep it elsewhere',
    }),
  assetRule({
    id: 'CONSUMER-METADATA-KEY',
    level: RuleLevel.ERROR,
    statement: 'No key of metadata is empty or begins with _nats.',
    source: 'NACK: "invalid empty string key in metadata"; nats-server replaces what begins with _nats. by its own',
  }, ({ metadata }) => Object.keys(metadata).filter((key) => key === '' || key.startsWith('_nats.')).map((key) => ({
    what: `metadata has the key '${key}'`, allowed: 'keys that are not empty and do not begin with _nats.', fix: 'rename it',
  }))),
];
