import { randomUUID } from 'crypto';
import { JetStreamApiCodes, JetStreamApiError, JetStreamManager } from '@nats-io/jetstream';
import { eventually } from '../../../server/harness/eventually';
import { Manifest } from '../../../support';
import { isReady, RunningPlatform } from '../running-platform';

/** Who has lost the API server tries again after up to a minute. */
const DONE_MILLISECONDS = 120_000;
const CHANGED = 'changed meanwhile';

/** One stream that is made, one that is changed and one that is removed, for the controller to see to. */
export class StreamChanges {
  /** Has the streams made that are there before. */
  public static async prepare(platform: RunningPlatform): Promise<StreamChanges> {
    const [made, kept, removed] = ['made', 'kept', 'removed'].map((role) => smallStream(platform, `${role}-${randomUUID()}`));
    const changes = new StreamChanges(platform, await platform.manager(), made, kept, removed);
    await platform.cluster.plane.apply([kept, removed]);
    for (const stream of [kept, removed]) await platform.cluster.eventually(stream, isReady, DONE_MILLISECONDS);
    return changes;
  }

  private constructor(
    private readonly platform: RunningPlatform, private readonly manager: JetStreamManager,
    private readonly made: Manifest, private readonly kept: Manifest, private readonly removed: Manifest,
  ) {}

  /** Writes the changes into the API. */
  public async ask(): Promise<void> {
    const { plane } = this.platform.cluster;
    await plane.apply([this.made, { ...this.kept, spec: { ...this.kept.spec, description: CHANGED } }]);
    await plane.client.delete(this.removed as never);
  }

  /** Throws if somebody has seen to them. */
  public async notDone(): Promise<void> {
    const now = await this.now();
    if (JSON.stringify(now) !== JSON.stringify([undefined, '', ''])) throw new Error(`without the controller, the streams are ${JSON.stringify(now)}`);
  }

  /** Waits until all are done, and removes the streams. */
  public async done(): Promise<void> {
    await eventually(() => this.now(), ([made, kept, removed]) => made === '' && kept === CHANGED && removed === undefined, DONE_MILLISECONDS);
    for (const stream of [this.made, this.kept]) await this.platform.cluster.plane.client.delete(stream as never);
    await eventually(() => this.now(), ([made, kept]) => made === undefined && kept === undefined, DONE_MILLISECONDS);
  }

  /** The descriptions of the streams, undefined for one that is not there. */
  private now(): Promise<(string | undefined)[]> {
    return Promise.all([this.made, this.kept, this.removed].map(({ spec }) => this.manager.streams.info(spec.name).then(
      ({ config }) => config.description ?? '',
      (error) => {
        if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return undefined;
        throw error;
      },
    )));
  }
}

/** A stream like one of the platform, but for what makes that one precious. */
function smallStream({ manifests }: RunningPlatform, name: string): Manifest {
  const { spec, metadata, ...rest } = manifests.get('Stream', 'parcels');
  return { ...rest, metadata: { name, namespace: metadata.namespace }, spec: { ...spec, name, subjects: [`${name}.>`], maxBytes: 2 ** 20, preventDelete: false } };
}
