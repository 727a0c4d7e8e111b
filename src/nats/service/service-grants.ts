import { Grant } from '../auth/grant';
import { ResponsePermissions } from '../auth/permissions';

/** How a service is served. */
export interface Serving {
  readonly subjects: string[];
  readonly queue?: string;
  /** Names by which it is discovered. */
  readonly name?: string;
  /** Inbox prefixes of all who may ask; nothing if others may, too. */
  readonly inboxPrefixes?: string[];
  readonly responses?: ResponsePermissions;
}

const VERBS = ['PING', 'INFO', 'STATS'];

/** To receive requests and to answer them. */
export function serveGrant({ subjects, queue, name, inboxPrefixes, responses = {} }: Serving): Grant {
  return {
    subscribe: [
      ...queue === undefined ? subjects : subjects.map((subject) => `${subject} ${queue}`),
      ...name === undefined ? [] : VERBS.flatMap((verb) => [`$SRV.${verb}`, `$SRV.${verb}.${name}`, `$SRV.${verb}.${name}.*`]),
    ],
    publish: inboxPrefixes?.map((prefix) => `${prefix}.>`),
    allowResponses: inboxPrefixes ? undefined : responses,
  };
}

/** To ask what services there are, and those of these names for details. */
export function discoverGrant(names: string[]): Grant {
  return { publish: VERBS.flatMap((verb) => [`$SRV.${verb}`, ...names.flatMap((name) => [`$SRV.${verb}.${name}`, `$SRV.${verb}.${name}.*`])]) };
}
