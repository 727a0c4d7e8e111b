import { newPlainScene, Scene, warningsOf } from './support';
import { JetStreamStream, Rules, StreamOrigin, StreamRetention } from '../../src';

function sceneWithInterest(): Scene & { readonly news: JetStreamStream } {
  const scene = newPlainScene();
  return { ...scene, news: new JetStreamStream(scene.chart, 'news', { target: scene.target, subjects: ['news.*'], maxMsgs: 10, retention: StreamRetention.INTEREST }) };
}

test('a stream that keeps messages for consumers whom nobody describes', () => {
  expect(warningsOf(sceneWithInterest())).toEqual([
    "warning: [test/news] 'news' keeps messages for its consumers alone, and the app describes none: it acknowledges what is published meanwhile, and keeps nothing of it; "
    + 'fix: describe the consumers with addConsumer, or leave retention out; or, if it is wanted, '
    + "Rules.acknowledge(<this construct>, 'STREAM-INTEREST-NOBODY', '<why>') [STREAM-INTEREST-NOBODY]",
  ]);
});

test('a consumer is enough', () => {
  const scene = sceneWithInterest();
  scene.news.addConsumer('mails');
  expect(warningsOf(scene)).toEqual([]);
});

test('so is a stream that copies from it', () => {
  const scene = sceneWithInterest();
  new JetStreamStream(scene.chart, 'archive', { target: scene.target, sources: [StreamOrigin.stream(scene.news)], maxMsgs: 10 });
  expect(warningsOf(scene)).toEqual([]);
});

test('one for whom clients make consumers is acknowledged', () => {
  const scene = sceneWithInterest();
  Rules.acknowledge(scene.news, 'STREAM-INTEREST-NOBODY', 'each reader makes its own');
  expect(warningsOf(scene)).toEqual([]);
});
