import { Size } from 'cdk8s';
import { consumers, streams } from './cases';
import { newScene } from './support';
import { JetStreamStream } from '../../src';
import { consumerToCreate } from '../../src/jetstream/nack/consumer-requests';
import { streamToCreate } from '../../src/jetstream/nack/stream-requests';

const { chart, target } = newScene({ replicas: 1, jetStream: { memoryStore: { maxSize: Size.mebibytes(64) }, fileStore: {} } });
const described = new Map(streams.map(([name, props]) => [name, new JetStreamStream(chart, name, { target, ...props })]));

test.each(streams)('NACK reads from the resource of the stream %s what was judged', (name) => {
  const { apiObject, _config } = described.get(name)!;
  expect(streamToCreate(apiObject.toJson().spec)).toEqual(_config);
});

test.each(consumers)('NACK reads, of the stream %s, from the resource of the consumer %s what was judged', (stream, id, options) => {
  const { apiObject, _config } = described.get(stream)!.addConsumer(id, options);
  expect(consumerToCreate(apiObject.toJson().spec)).toEqual(_config);
});
