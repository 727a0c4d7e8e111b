import { isDeepStrictEqual } from 'util';
import { caution, ObjectChange } from './dist-change';
import { Manifest } from './manifests';
import { readable } from './readable';

const MOVES = 'NACK goes there for all that names this account: where that is another account, or other servers, it makes everything anew there, empty, and what it leaves is managed by nothing';

/** What becomes of all that names a connection of NACK which changes: how the servers are believed leads nowhere else. */
export function accountChanges({ spec: before = {} }: Manifest, { spec: after = {} }: Manifest): ObjectChange[] {
  return ['servers', 'creds', 'nkey', 'token', 'user'].filter((field) => !isDeepStrictEqual(before[field], after[field])).map((field) => (
    { field, before: readable(field, before[field]), after: readable(field, after[field]), ...caution(MOVES, 'give what is to move a connection and resources of its own') }
  ));
}
