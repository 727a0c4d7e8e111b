import { isDeepStrictEqual } from 'util';
import { ObjectChange, refused } from './dist-change';
import { readable } from './readable';
import { bytesOfQuantity } from '../core/bytes';

interface ClaimTemplate {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly storageClassName?: string; readonly resources?: { readonly requests?: { readonly storage?: string } } };
}

const GROW = 'where the storage class allows it, raise the size of each claim with kubectl patch, then kubectl delete statefulset --cascade=orphan, and apply again';
const NEW_CLAIMS = 'keep it as it is; to move, add servers with the new claims to the cluster, let the streams follow, and take the old ones away';

/** What becomes of the volume claims that a StatefulSet makes: Kubernetes changes none of them. */
export function claimChanges(before: ClaimTemplate[], after: ClaimTemplate[]): ObjectChange[] {
  const names = [...new Set([...before, ...after].map(({ metadata: { name } }) => name))].sort();
  return names.flatMap((name): ObjectChange[] => {
    const [was, is] = [before, after].map((templates) => templates.find(({ metadata }) => metadata.name === name));
    if (isDeepStrictEqual(was, is)) return [];
    const field = `volumeClaimTemplates[${name}]`;
    if (!was || !is) {
      return [{ field, before: was && name, after: is && name, ...refused(`Kubernetes does not change the volume claims of a StatefulSet; made anew, the servers would begin with ${is ? 'empty volumes' : 'none'}`, NEW_CLAIMS) }];
    }
    return [...sizeChange(field, was, is), ...otherChanges(field, was, is)];
  });
}

function sizeChange(field: string, was: ClaimTemplate, is: ClaimTemplate): ObjectChange[] {
  const [before, after] = [was, is].map(({ spec }) => spec?.resources?.requests?.storage);
  if (before === after) return [];
  const shrinks = (bytesOfQuantity(after ?? '') ?? 0) < (bytesOfQuantity(before ?? '') ?? 0);
  return [{
    field: `${field} size`,
    before,
    after,
    ...shrinks ? refused('Kubernetes does not shrink volumes', 'keep the size') : refused('Kubernetes does not change the volume claims of a StatefulSet', GROW),
  }];
}

function otherChanges(field: string, was: ClaimTemplate, is: ClaimTemplate): ObjectChange[] {
  const rest = ({ metadata, spec: { resources, ...others } = {} }: ClaimTemplate) => ({ metadata, others });
  if (isDeepStrictEqual(rest(was), rest(is))) return [];
  const [before, after] = [was, is].map((template) => template.spec?.storageClassName);
  return before !== after
    ? [{ field: `${field} storageClassName`, before, after, ...refused('Kubernetes does not change the class of a volume; new claims would be empty', NEW_CLAIMS) }]
    : [{ field, before: readable(field, rest(was)), after: readable(field, rest(is)), ...refused('Kubernetes does not change the volume claims of a StatefulSet', 'kubectl delete statefulset --cascade=orphan, and apply again') }];
}
