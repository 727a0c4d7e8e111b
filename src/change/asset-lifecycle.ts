import { caution, ignored, loss, ObjectChange, SAFE, Verdict } from './dist-change';
import { Manifest } from './manifests';
import { assetOf, connectionOf, nameOnServer } from './nack-objects';

const contents: { [kind: string]: string } = {
  Stream: 'the stream with all its messages and consumers',
  Consumer: 'the consumer with its position',
  KeyValue: 'the bucket with all its keys',
  ObjectStore: 'the bucket with all its objects',
};

const TAKEN_OVER = caution('where the stream is there already, and its first message below firstSequence, nats-server deletes all its messages when it next starts');
const PREVENT = 'set preventDelete first, apply it, and remove the resource then';

/** A resource that is new: what it describes may be on the server already. */
export function created({ spec }: Manifest, refusal: Verdict | undefined): ObjectChange[] {
  return [{ after: 'new', ...refusal ?? (spec.firstSequence > 1 ? TAKEN_OVER : SAFE) }];
}

/** A resource that goes. NACK deletes what it describes, unless that is prevented. */
export function removed(old: Manifest, assetsNow: Map<string, Manifest>): ObjectChange[] {
  return [{ before: 'deployed', ...removal(old, assetsNow.get(assetOf(old))?.metadata.name) }];
}

function removal({ kind, spec }: Manifest, heir: string | undefined): Verdict {
  if (!spec?.preventDelete) {
    return loss(`NACK deletes ${contents[kind]}${heir ? `, although '${heir}' describes it too, and makes it anew, empty` : ''}`, PREVENT);
  }
  return heir ? caution(`another resource, '${heir}', takes it over`) : ignored(`preventDelete keeps ${contents[kind]} on the server; nothing manages it any more`);
}

/** A resource that stays, but describes something else, or the same elsewhere; undefined where it is the same. */
export function moved(old: Manifest, now: Manifest, refusal: Verdict | undefined): ObjectChange[] | undefined {
  const [name, before, after] = [old.kind === 'KeyValue' || old.kind === 'ObjectStore' ? 'bucket' : 'name', nameOnServer(old), nameOnServer(now)];
  if (before !== after) {
    return [{
      field: name,
      before,
      after,
      ...refusal ?? loss(`NACK makes '${after}' anew, empty; '${before}' stays on the server, and nothing manages it any more`, 'give the new one a resource of its own, and remove this one when its data has moved'),
    }];
  }
  const [from, to] = [connectionOf(old), connectionOf(now)];
  if (from.join(' ') === to.join(' ')) return undefined;
  return [{
    field: 'connection',
    before: from.filter(Boolean).join(' '),
    after: to.filter(Boolean).join(' '),
    ...loss('where it leads, NACK makes it anew, empty; the old one stays where it is, and nothing manages it any more', 'give the new one a resource of its own, and remove this one when its data has moved'),
  }];
}

/** What no longer protects an asset: from then on NACK does with it what the resource says. */
export function protectionChanges({ spec: old }: Manifest, { kind, spec: now }: Manifest): ObjectChange[] {
  const lifted = (field: string, reason: string): ObjectChange[] => old[field] && !now[field] ? [{ field, before: 'true', after: 'false', ...caution(reason) }] : [];
  return [
    ...lifted('preventUpdate', 'NACK applies all that the resource says, also what it has not applied so far'),
    ...lifted('preventDelete', `from then on NACK deletes ${contents[kind]} when the resource goes`),
  ];
}
