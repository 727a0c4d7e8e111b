import { isDeepStrictEqual } from 'util';
import { claimChanges } from './claim-changes';
import { caution, loss, ObjectChange, refused, SAFE } from './dist-change';
import { Manifest } from './manifests';
import { readable } from './readable';
import { withDefaults } from './stateful-set-defaults';

/**
 * What Kubernetes lets change in the spec of a StatefulSet.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
const changeable = ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'];

const REPLACE = 'kubectl delete statefulset --cascade=orphan, which leaves the pods running, and apply again';

/** What becomes of the servers whose StatefulSet changes. */
export function statefulSetChanges(old: Manifest, now: Manifest): ObjectChange[] {
  const [before, after] = [withDefaults(old.spec), withDefaults(now.spec)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields.filter((field) => !isDeepStrictEqual(before[field], after[field])).flatMap((field): ObjectChange[] => {
    const change = { field, before: readable(field, before[field]), after: readable(field, after[field]) };
    if (field === 'volumeClaimTemplates') return claimChanges(before[field] ?? [], after[field] ?? []);
    if (!changeable.includes(field)) return [{ ...change, ...refused('Kubernetes does not change this field of a StatefulSet', REPLACE) }];
    if (field === 'replicas') return [{ ...change, ...scaled(before, after) }];
    if (field === 'template') return templateChanges(before, after);
    return [{ ...change, ...(field === 'persistentVolumeClaimRetentionPolicy' ? retention(after[field]) : SAFE) }];
  });
}

/** Servers whose StatefulSet goes. */
export function statefulSetRemoved({ spec }: Manifest): ObjectChange[] {
  const deleted = spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  const verdict = deleted
    ? loss('the servers stop, and their volumes are deleted', 'set whenDeleted: Retain first, and apply it')
    : caution('the servers stop; their volume claims stay');
  return [{ before: 'deployed', ...verdict }];
}

function scaled(before: any, after: any) {
  const [from, to] = [before.replicas ?? 1, after.replicas ?? 1];
  const stores = (after.volumeClaimTemplates ?? []).length > 0;
  if (to > from) {
    return from === 1 && stores
      ? loss('a server that ran alone deletes its streams when it joins a cluster', 'nats account backup, apply, nats account restore')
      : SAFE;
  }
  if (!stores) return caution('clients of the servers that go connect to the others');
  const kept = after.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete' ? 'their volumes are deleted' : 'their volumes stay, without a server';
  return loss(
    `streams that have no replica on another server go with the servers that stop; ${kept}`, 'move the streams away first: nats server raft peer-remove <server>, one after the other, and wait until all replicas are current',
  );
}

/** A change of the pod restarts the servers; one of their names makes them strangers to their own data. */
function templateChanges(before: any, after: any): ObjectChange[] {
  const [was, is] = [serverName(before), serverName(after)];
  const restart = { field: 'template', effect: SAFE.effect, reason: 'the servers restart one by one' };
  if (unquoted(was) === unquoted(is) || (after.volumeClaimTemplates ?? []).length === 0) return [restart];
  return [restart, {
    field: 'template: SERVER_NAME',
    before: was,
    after: is,
    ...loss('in a cluster each server finds its streams by its name; with another it holds none of them', 'keep serverNamePrefix, or back up with nats account backup, and restore'),
  }];
}

function serverName({ template }: any): string | undefined {
  const containers: any[] = template?.spec?.containers ?? [];
  return containers.flatMap(({ env = [] }) => env).find(({ name }) => name === 'SERVER_NAME')?.value;
}

/** The quotes keep the server from reading a name as a number; they are no part of it. */
function unquoted(name: string | undefined): string | undefined {
  return name?.replace(/^'(.*)'$/, '$1');
}

function retention({ whenDeleted, whenScaled }: { whenDeleted?: string; whenScaled?: string } = {}) {
  if (whenDeleted !== 'Delete' && whenScaled !== 'Delete') return SAFE;
  return caution(`from then on volumes are deleted ${[whenDeleted === 'Delete' && 'with the StatefulSet', whenScaled === 'Delete' && 'when it shrinks'].filter(Boolean).join(' and ')}`);
}
