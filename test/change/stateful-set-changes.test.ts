import { Size } from 'cdk8s';
import { changesBetween, removeFolders } from './folders';
import { ChangeEffect, NatsClusterProps } from '../../src';
import { newCluster, synth } from '../support';

const jetStream = { fileStore: { size: Size.gibibytes(10) } };

afterEach(removeFolders);

/** What becomes of the servers when a cluster with the first props gets the second. */
function change(before: NatsClusterProps, after?: NatsClusterProps) {
  const [old, now] = [before, after].map((props) => props ? [synth(newCluster(props)).get('StatefulSet', 'nats')] : []);
  return changesBetween(old, now).map(({ field, before: was, after: is, effect }) => [field, was, is, effect]);
}

test('a cluster that stays as it is does not change', () => {
  expect(change({ jetStream }, { jetStream })).toEqual([]);
});

test('volume claims are not changed', () => {
  const size = 'volumeClaimTemplates[nats-js] size';
  expect(change({ jetStream }, { jetStream: { fileStore: { size: Size.gibibytes(20) } } })).toContainEqual([size, '10Gi', '20Gi', ChangeEffect.REFUSED]);
  expect(change({ jetStream }, { jetStream: { fileStore: { size: Size.gibibytes(10), storageClassName: 'fast' } } }))
    .toContainEqual(['volumeClaimTemplates[nats-js] storageClassName', undefined, 'fast', ChangeEffect.REFUSED]);
  expect(change({ jetStream }, { jetStream: { fileStore: { size: Size.gibibytes(10), claimName: 'data' } } })).toEqual(expect.arrayContaining([
    ['volumeClaimTemplates[data]', undefined, 'data', ChangeEffect.REFUSED], ['volumeClaimTemplates[nats-js]', 'nats-js', undefined, ChangeEffect.REFUSED],
  ]));
});

test('a size that says the same in another unit is no change of size', () => {
  const set = synth(newCluster({ jetStream })).get('StatefulSet', 'nats');
  const text = JSON.stringify(set).replace('"storage":"10Gi"', '"storage":"20480Mi"');
  const [size] = changesBetween([set], [JSON.parse(text)]);
  expect(size).toMatchObject({ before: '10Gi', after: '20480Mi', advice: expect.stringContaining('kubectl patch') });
});

test('smaller volumes are refused without a way', () => {
  const [size] = changesBetween(
    [synth(newCluster({ jetStream })).get('StatefulSet', 'nats')],
    [synth(newCluster({ jetStream: { fileStore: { size: Size.gibibytes(5) } } })).get('StatefulSet', 'nats')],
  );
  expect(size).toMatchObject({ reason: 'Kubernetes does not shrink volumes', advice: 'keep the size' });
});

test('streams of a server that ran alone, or that goes, are lost', () => {
  expect(change({ jetStream, replicas: 1 }, { jetStream, replicas: 3 })).toContainEqual(['replicas', '1', '3', ChangeEffect.LOSS]);
  expect(change({ jetStream, replicas: 5 }, { jetStream, replicas: 3 })).toContainEqual(['replicas', '5', '3', ChangeEffect.LOSS]);
  expect(change({ jetStream, replicas: 3 }, { jetStream, replicas: 5 })).toContainEqual(['replicas', '3', '5', ChangeEffect.SAFE]);
  expect(change({ replicas: 5 }, { replicas: 3 })).toContainEqual(['replicas', '5', '3', ChangeEffect.CAUTION]);
});

test('a server with another name does not find its streams', () => {
  expect(change({ jetStream }, { jetStream, serverNamePrefix: 'east-' })).toContainEqual(['template: SERVER_NAME', '\'$(POD_NAME)\'', '\'east-$(POD_NAME)\'', ChangeEffect.LOSS]);
  expect(change({}, { serverNamePrefix: 'east-' })).toEqual([['template', undefined, undefined, ChangeEffect.SAFE]]);
});

test('volumes that are deleted from now on are told', () => {
  expect(change({ jetStream }, { jetStream: { fileStore: { ...jetStream.fileStore, deleteWithCluster: true } } }))
    .toEqual([['persistentVolumeClaimRetentionPolicy', expect.anything(), expect.anything(), ChangeEffect.CAUTION]]);
});

test('a cluster that goes leaves its volumes, unless they are deleted with it', () => {
  expect(change({ jetStream })).toEqual([[undefined, 'deployed', undefined, ChangeEffect.CAUTION]]);
  expect(change({ jetStream: { fileStore: { ...jetStream.fileStore, deleteWithCluster: true } } })).toEqual([[undefined, 'deployed', undefined, ChangeEffect.LOSS]]);
});

test('what else Kubernetes does not change is refused', () => {
  const set = synth(newCluster()).get('StatefulSet', 'nats');
  expect(changesBetween([set], [{ ...set, spec: { ...set.spec, serviceName: 'other' } }])).toMatchObject([{ field: 'serviceName', effect: ChangeEffect.REFUSED }]);
});

describe('what the API server adds by itself is no change', () => {
  const written = synth(newCluster({ jetStream })).get('StatefulSet', 'nats');

  test('where the one that is deployed was read from it', () => {
    const { spec } = written;
    const [{ apiVersion, kind, ...claim }] = spec.volumeClaimTemplates;
    const deployed = {
      ...written,
      spec: {
        ...spec,
        revisionHistoryLimit: 10,
        volumeClaimTemplates: [{ ...claim, metadata: { ...claim.metadata, creationTimestamp: null }, status: { phase: 'Pending' } }],
      },
    };
    expect(changesBetween([{ apiVersion: 'v1', kind: 'List', items: [deployed] }], [written])).toEqual([]);
  });

  test('where the official chart has written it', () => {
    const { minReadySeconds, updateStrategy, persistentVolumeClaimRetentionPolicy, volumeClaimTemplates, ...spec } = written.spec;
    const [{ metadata, spec: { volumeMode, ...claim } }] = volumeClaimTemplates;
    const template = JSON.parse(JSON.stringify(spec.template).replace("'$(POD_NAME)'", '$(POD_NAME)'));
    const chart = { ...written, spec: { ...spec, template, volumeClaimTemplates: [{ metadata, spec: claim }] } };
    expect(changesBetween([chart], [written]).map(({ field, effect }) => [field, effect])).toEqual([['minReadySeconds', ChangeEffect.SAFE], ['template', ChangeEffect.SAFE]]);
  });
});
