import * as fs from 'fs';
import * as path from 'path';
import { RuleLevel, Rules } from '../../src';
import { TRANSLATED } from '../../tools/compare-helm/cases';
import { differences } from '../../tools/compare-helm/compare';
import { DIFFERENCES } from '../../tools/compare-helm/differences';
import { helmDocument } from '../../tools/compare-helm/document';
import { ExpectedDifference, staleOf, unexpectedOf } from '../../tools/compare-helm/expected';
import { FEATURE_AREAS, OPERATOR_FIELDS, OPTIONS_OF_ACCOUNTS } from '../../tools/compare-helm/feature-areas';
import { Manifest } from '../../tools/compare-helm/leaves';
import { ourObjects } from '../../tools/compare-helm/our-objects';
import { REFUSALS } from '../../tools/compare-helm/refusals';
import { reportOf } from '../../tools/compare-helm/report';
import { newCluster, synth } from '../support';

function object(fields: Manifest): Manifest {
  return { kind: 'StatefulSet', metadata: { name: 'nats' }, ...fields };
}

function found(chart: Manifest, ours: Manifest) {
  return differences([object(chart)], [object(ours)]);
}

function expected(side: ExpectedDifference['side'], ...at: string[]): ExpectedDifference {
  return { topic: 'Test', at, side, why: 'because' };
}

describe('the differences between objects', () => {
  test('are whole objects that only one side has', () => {
    const pod = { kind: 'Pod', metadata: { name: 'nats' } };
    const secret = { kind: 'Secret', metadata: { name: 'nats' } };

    expect(differences([object({}), pod], [secret, object({})])).toEqual([
      { address: 'Pod/nats', side: 'chart' },
      { address: 'Secret/nats', side: 'ours' },
    ]);
  });

  test('are fields that one side lacks or that differ in value', () => {
    expect(found({ spec: { replicas: 1, grace: 60, same: 'x' } }, { spec: { replicas: 3, minReady: 15, same: 'x' } })).toEqual([
      { address: 'StatefulSet/nats: spec.replicas', side: 'both', chart: 1, ours: 3 },
      { address: 'StatefulSet/nats: spec.grace', side: 'chart', chart: 60 },
      { address: 'StatefulSet/nats: spec.minReady', side: 'ours', ours: 15 },
    ]);
  });

  test('do not depend on the order of a list of named things', () => {
    const nats = { name: 'nats', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] };
    const natsInOtherOrder = { name: 'nats', env: [{ name: 'B', value: '2' }, { name: 'A', value: 'one' }] };
    const reloader = { name: 'reloader' };

    expect(found({ containers: [nats, reloader] }, { containers: [reloader, natsInOtherOrder] })).toEqual([
      { address: 'StatefulSet/nats: containers[nats].env[A].value', side: 'both', chart: '1', ours: 'one' },
    ]);
  });

  test('know claims by the names in their metadata', () => {
    const claim = (name: string, size: string) => ({ metadata: { name }, size });

    expect(found({ claims: [claim('js', '10Gi')] }, { claims: [claim('extra', '1Gi'), claim('js', '5Gi')] })).toEqual([
      { address: 'StatefulSet/nats: claims[js].size', side: 'both', chart: '10Gi', ours: '5Gi' },
      { address: 'StatefulSet/nats: claims[extra].metadata.name', side: 'ours', ours: 'extra' },
      { address: 'StatefulSet/nats: claims[extra].size', side: 'ours', ours: '1Gi' },
    ]);
  });

  test('go by position where names are missing or shared, and take a list of plain values as one', () => {
    const mounts = (...paths: string[]) => paths.map((mountPath) => ({ name: 'shared', mountPath }));

    expect(found({ mounts: mounts('/a', '/b'), args: ['-a', '-b'] }, { mounts: mounts('/a', '/c'), args: ['-b', '-a'] })).toEqual([
      { address: 'StatefulSet/nats: mounts[1].mountPath', side: 'both', chart: '/b', ours: '/c' },
      { address: 'StatefulSet/nats: args', side: 'both', chart: ['-a', '-b'], ours: ['-b', '-a'] },
    ]);
  });

  test('of an empty or null map and a full one are what the full one has', () => {
    const limits = { 'cpu': 1, 'example.com/gpu': 2 };

    expect(found({ resources: {}, annotations: null, gone: null }, { resources: { limits }, annotations: { a: 'b' } })).toEqual([
      { address: 'StatefulSet/nats: gone', side: 'chart', chart: null },
      { address: 'StatefulSet/nats: resources.limits.cpu', side: 'ours', ours: 1 },
      { address: 'StatefulSet/nats: resources.limits[example.com/gpu]', side: 'ours', ours: 2 },
      { address: 'StatefulSet/nats: annotations.a', side: 'ours', ours: 'b' },
    ]);
  });

  test('need one object for each kind and name', () => {
    expect(() => differences([object({}), object({})], [])).toThrow('there are two objects StatefulSet/nats');
  });
});

describe('an expected difference', () => {
  const labels = found({ labels: { 'helm.sh/chart': 'x' }, pod: { labels: { 'helm.sh/chart': 'x' } } }, {});

  test.each([
    ['StatefulSet/nats: labels[helm.sh/chart]', ['pod.labels[helm.sh/chart]']],
    ['*/*: labels[*]', ['pod.labels[helm.sh/chart]']],
    ['*/*: *.labels[*]', ['labels[helm.sh/chart]']],
    ['StatefulSet/nats: **', []],
    ['StatefulSet/*: **labels**', []],
    ['StatefulSet/nats: labels', ['labels[helm.sh/chart]', 'pod.labels[helm.sh/chart]']],
    ['StatefulSet/nats: *', ['labels[helm.sh/chart]', 'pod.labels[helm.sh/chart]']],
    ['StatefulSet/nats', ['labels[helm.sh/chart]', 'pod.labels[helm.sh/chart]']],
  ])('at %s leaves as unexpected: %j', (pattern, unexpected) => {
    expect(unexpectedOf(labels, [expected('chart', pattern)]).map(({ address }) => address.replace('StatefulSet/nats: ', ''))).toEqual(unexpected);
  });

  test('says on which side it is', () => {
    expect(unexpectedOf(labels, [expected('ours', '*/*: **'), expected('both', '*/*: **')])).toEqual(labels);
  });

  test('is stale where a pattern of it matches nothing', () => {
    expect(staleOf(labels, [expected('chart', '*/*: labels[*]', '*/*: spec.gone'), expected('ours', '*/*: labels[*]')])).toEqual([
      '*/*: spec.gone (chart)', '*/*: labels[*] (ours)',
    ]);
  });
});

describe('the report', () => {
  const compared = { name: 'TestDefaultValues', chartObjects: 1, ourObjects: 1, differences: found({ grace: 60, args: ['-a'] }, { grace: 75, minReady: 0 }) };
  const all = [expected('both', '*/*: grace'), expected('chart', '*/*: args'), expected('ours', '*/*: minReady')];

  test('passes where each difference is expected and each expected one is there', () => {
    expect(reportOf([compared], all)).toEqual({
      passes: true,
      text: 'TestDefaultValues: 1 objects of the chart, 1 of ours, 3 differences, 0 of them unexpected\n',
    });
  });

  test('fails with each unexpected difference and both its values', () => {
    expect(reportOf([compared], [])).toEqual({
      passes: false,
      text: [
        'TestDefaultValues: 1 objects of the chart, 1 of ours, 3 differences, 3 of them unexpected',
        '  StatefulSet/nats: grace', '    chart: 60', '    ours:  75',
        '  StatefulSet/nats: args', '    chart: ["-a"]', '    ours:  (absent)',
        '  StatefulSet/nats: minReady', '    chart: (absent)', '    ours:  0',
        '',
      ].join('\n'),
    });
  });

  test('fails with what was expected in vain', () => {
    const { passes, text } = reportOf([compared], [...all, expected('ours', 'Secret/*')]);

    expect(passes).toBe(false);
    expect(text).toContain('expected, but in none of these cases: Secret/* (ours)\n');
  });
});

describe('what is refused', () => {
  beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
  afterEach(() => jest.restoreAllMocks());

  test.each(REFUSALS)('$values', ({ rule, props }) => {
    const refused = () => synth(newCluster(props));
    expect(refused).toThrow(`[${rule}]`);
    // Nothing else is wrong with it.
    expect(new Set(messageOf(refused).match(/\[[A-Z-]+\]/g))).toEqual(new Set([`[${rule}]`]));
  });

  test('has each rule that guards against what a test of the chart asks for', () => {
    const guarded = Rules.all().filter(({ level }) => level === RuleLevel.GUARDED).map(({ id }) => id);
    const used = Object.values(TRANSLATED).flatMap((one) => one.guarded ?? []).filter((rule) => guarded.includes(rule));
    expect(used.filter((rule) => !REFUSALS.some((refusal) => refusal.rule === rule))).toEqual([]);
  });
});

test.each(Object.entries(TRANSLATED))('the props of %s are accepted without a warning', (_, translated) => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  expect(ourObjects(translated).map(({ kind }) => kind)).toContain('StatefulSet');
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

test('each value of the chart, each field of the operator and each option of accounts has a prop or a reason', () => {
  const uncovered = [...FEATURE_AREAS, ...OPERATOR_FIELDS, ...OPTIONS_OF_ACCOUNTS].filter(({ props = [], note }) => props.length === 0 && !note);
  expect(uncovered).toEqual([]);
});

function messageOf(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

test('docs/compared-with-helm.md is what the tables say', () => {
  const document = fs.readFileSync(path.join(__dirname, '../../docs/compared-with-helm.md'), 'utf8');

  expect(document).toBe(helmDocument(DIFFERENCES));
});
