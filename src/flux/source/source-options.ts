import { Duration } from 'cdk8s';
import { FluxObject, FluxObjectOptions } from '../flux-object';
import { FluxPart } from '../flux-part';
import { fluxDuration } from '../interval';
import { checkTimes } from '../times';

/** What each source may be given. */
export interface FluxSourceOptions extends FluxObjectOptions {
  /**
   * How often Flux looks for something new, in whole milliseconds. Less than a minute is warned of.
   * @default - 5 minutes: so long does a change wait at most unless a `FluxReceiver` tells of it, and the server is not asked all the time; an hour for
   *   the index of a repository of charts, which is large and changes seldom
   */
  readonly interval?: Duration;
  /**
   * How long one attempt may take, in whole milliseconds.
   * @default - 1 minute
   */
  readonly timeout?: Duration;
  /**
   * Whether Flux stops looking.
   * @default false
   */
  readonly suspend?: boolean;
}

/** What a source with files may be given. */
export interface FluxArtifactOptions extends FluxSourceOptions {
  /**
   * Which files are left out, as lines of a `.gitignore`. They replace Flux's own list, of Git's files, images and archives.
   * @default - Flux's own list, and what the source has in a `.sourceignore`
   * @see https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files
   */
  readonly ignore?: string[];
  /**
   * Name of the Secret that says by which proxy the server is reached: key `address`, and `username` and `password` if the proxy asks for them.
   * A name that Kubernetes does not allow throws.
   * @default - none
   */
  readonly proxySecretName?: string;
}

/** The fields that all sources have; a wrong value throws. */
export function renderSourceOptions(source: FluxObject, options: FluxSourceOptions) {
  const { interval = Duration.minutes(5), timeout = Duration.minutes(1), suspend } = options;
  checkTimes(source, { interval, timeout: options.timeout });
  return { interval: fluxDuration(source, 'interval', interval), timeout: fluxDuration(source, 'timeout', timeout, { hours: false }), suspend };
}

/** What a source with files is given, as a part of its spec. */
export function artifactOptions({ ignore, proxySecretName }: FluxArtifactOptions): FluxPart<{ ignore?: string; proxySecretRef?: { name: string } }> {
  const { spec, secrets } = proxyPart(proxySecretName);
  return { spec: { ignore: ignore?.join('\n'), ...spec }, secrets };
}

/** By which proxy Flux goes, if there is one, as a part of a spec. */
export function proxyPart(proxySecretName: string | undefined): FluxPart<{ proxySecretRef?: { name: string } }> {
  return {
    spec: { proxySecretRef: nameOf(proxySecretName) },
    secrets: proxySecretName === undefined ? [] : [{
      prop: 'proxySecretName', secretName: proxySecretName, keys: { address: 'URL of the proxy (if it asks for them, with keys username and password beside it)' },
    }],
  };
}

/** A Secret as Flux's objects refer to it. */
export function nameOf(secretName: string | undefined): { name: string } | undefined {
  return secretName === undefined ? undefined : { name: secretName };
}
