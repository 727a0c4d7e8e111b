import { newPlainScene, Scene, warningsOf } from './support';
import { JetStreamStream, KeyValueBucket, KeyValueOrigin, Rules, StreamOrigin } from '../../src';

/** What is warned of in an account with the stream `orders`, and what is added to it. */
function warningsWith(add: (scene: Scene) => void): string[] {
  const scene = newPlainScene();
  Rules.acknowledge(scene.chart, 'STREAMS-UNLIMITED', 'a test of something else');
  new JetStreamStream(scene.chart, 'orders', { target: scene.target });
  add(scene);
  return warningsOf(scene);
}

test('an origin that nobody describes is warned of, with the one that may be meant', () => {
  const [warning, ...others] = warningsWith(({ chart, target }) => { new JetStreamStream(chart, 'copy', { target, mirror: StreamOrigin.named('order') }); });

  expect(warning).toContain(
    "[test/copy] 'copy' copies from the stream 'order', which nothing in the app describes; fix: did you mean 'orders'?",
  );
  expect(warning).toContain('[STREAM-ORIGIN-MISSING]');
  expect(others).toEqual([]);
});

test('a source, and an origin of a bucket, are origins too', () => {
  expect(warningsWith(({ chart, target }) => {
    new JetStreamStream(chart, 'all', { target, sources: [StreamOrigin.named('orders'), StreamOrigin.named('payments')] });
    new KeyValueBucket(chart, 'carts', { target, mirror: KeyValueOrigin.named('baskets') });
  })).toEqual([
    expect.stringContaining("'all' copies from the stream 'payments', which nothing in the app describes; fix: if it exists already, JetStreamStream.fromStreamName"),
    expect.stringContaining("'KV_carts' copies from the stream 'KV_baskets'"),
  ]);
});

test.each<[string, (scene: ReturnType<typeof newPlainScene>) => void]>([
  ['described later', ({ chart, target }) => {
    new JetStreamStream(chart, 'copy', { target, sources: [StreamOrigin.named('later')] });
    new JetStreamStream(chart, 'later', { target });
  }],
  ['said to exist', ({ chart, target }) => {
    const existing = JetStreamStream.fromStreamName(chart, 'existing', 'payments', { target });
    new JetStreamStream(chart, 'copy', { target, mirror: StreamOrigin.stream(existing) });
  }],
  ['a bucket that is said to exist', ({ chart, target }) => {
    const existing = KeyValueBucket.fromBucketName(chart, 'existing', 'baskets', { target });
    new KeyValueBucket(chart, 'carts', { target, mirror: KeyValueOrigin.bucket(existing) });
  }],
  ['of another account', ({ chart, target }) => {
    new JetStreamStream(chart, 'copy', { target, mirror: StreamOrigin.named('payments', { externalApiPrefix: '$JS.hub.API' }) });
  }],
])('an origin that is %s is not', (_, add) => expect(warningsWith(add)).toEqual([]));
