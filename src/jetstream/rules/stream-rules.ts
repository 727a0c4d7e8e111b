import { creation } from './stream/creation';
import { features } from './stream/features';
import { flags } from './stream/flags';
import { limits } from './stream/limits';
import { mirror } from './stream/mirror';
import { names } from './stream/names';
import { origins } from './stream/origins';
import { replicas } from './stream/replicas';
import { sealed } from './stream/sealed';
import { sources } from './stream/sources';
import { stores } from './stream/stores';
import { StreamRule } from './stream/stream-rule';
import { subjects } from './stream/subjects';
import { times } from './stream/times';
import { transforms } from './stream/transforms';
import { visibleOrigins } from './stream/visible-origins';

const own: StreamRule[] = [
  ...features, ...names, ...replicas, ...stores, ...limits, ...times, ...flags, ...subjects, ...mirror, ...sources, ...origins, ...transforms,
];

/** What a stream must keep by itself, in the order in which mistakes are reported. */
export const ownStreamRules: StreamRule[] = [...own, ...sealed, ...creation];

/** What a stream must keep because of those from which it copies: judged when all streams are known. */
export const originStreamRules: StreamRule[] = visibleOrigins;

/** What a stream must keep. */
export const streamRules: StreamRule[] = [...ownStreamRules, ...originStreamRules];

/** What a stream must keep that is there and changes. */
export const changedStreamRules: StreamRule[] = [...own, ...originStreamRules];
