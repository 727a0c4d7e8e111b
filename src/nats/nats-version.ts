import { Construct } from 'constructs';
import { NatsImages } from './pod/images';
import { defineRule, RuleLevel } from '../core/rule';

export const VERSION_CONTRADICTION = defineRule({
  id: 'NATS-VERSION',
  level: RuleLevel.ERROR,
  statement: 'version is that of the image of the server, where the tag of the image tells it, and one of those that this library knows.',
  source: 'Options are checked against the version: one that the server does not know keeps it from starting.',
});

/** A release of nats-server whose options this library knows. */
export enum NatsVersion {
  V2_12 = '2.12',
  V2_14 = '2.14',
  V2_15 = '2.15',
}

const known = Object.values(NatsVersion);

/** The version of the servers: what is said, else what the image's tag tells, else that of the default image. A contradiction throws. */
export function resolveVersion(scope: Construct, said: NatsVersion | undefined, images: NatsImages): NatsVersion {
  const tag = images.server?.options.tag;
  const ofImage = images.server ? versionOfImage(images.server.repository, tag) : NatsVersion.V2_14;
  if (ofImage === 'unknown') {
    throw VERSION_CONTRADICTION.error(scope, { what: `images.server is nats-server ${tag}`, allowed: `${known[0]} or later`, fix: 'use a release that is still maintained' });
  }
  if (said && ofImage && said !== ofImage) {
    throw VERSION_CONTRADICTION.error(scope, {
      what: `version is ${said}, but images.server is nats:${tag ?? '2.14.2-alpine'}, which has the options of ${ofImage}`,
      fix: images.server ? 'leave version out' : `give images.server: ContainerImage.of('nats', { tag: '${said}.<patch>-alpine' })`,
    });
  }
  return said ?? ofImage ?? NatsVersion.V2_14;
}

/** The newest version that this library knows. */
export const NEWEST_VERSION = known[known.length - 1];

/** Whether a server of this version knows what came with another. */
export function isSince(version: NatsVersion, since: NatsVersion): boolean {
  return known.indexOf(version) >= known.indexOf(since);
}

/** The latest known version that is not newer than the image; undefined if its name and tag do not tell. */
export function versionOfImage(repository: string, tag: string = ''): NatsVersion | 'unknown' | undefined {
  const [, minor] = /^v?2\.(\d+)\.\d+/.exec(tag) ?? [];
  if (minor === undefined || !/(^|\/)nats(-server)?$/.test(repository)) return undefined;
  return [...known].reverse().find((candidate) => Number(candidate.split('.')[1]) <= Number(minor)) ?? 'unknown';
}
