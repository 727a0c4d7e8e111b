import { Chart } from 'cdk8s';
import { JetStreamCrds } from '../../src';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { Manifest, Manifests, newChart } from '../support';

function crds(): Manifest[] {
  const chart = newChart();
  new JetStreamCrds(chart, 'crds');
  return Manifests.of(Chart.of(chart)).all;
}

test('each kind that NACK serves is defined, and nothing else', () => {
  expect(crds().map(({ metadata }) => metadata)).toEqual(['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'].map((plural) => ({
    name: `${plural}.jetstream.nats.io`, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  })));
});

test('a definition is what the imports are generated from, old versions included', () => {
  const streams = crds().find(({ spec }) => spec.names.kind === 'Stream')!;
  expect(streams.spec).toEqual(crdsOfGroup('jetstream.nats.io')!.find(({ spec }) => spec.names.kind === 'Stream')!.spec);
  expect(streams.spec.versions.map(({ name, served }: Manifest) => [name, served])).toEqual([['v1beta2', true], ['v1beta1', false]]);
});
