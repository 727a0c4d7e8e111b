import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingJetStreamStream, ExistingStreamOptions, JetStreamStreamBase } from './jetstream-stream-base';
import { renderStream } from './render-stream';
import { resolveStream } from './resolve-stream';
import { StreamConfig } from './stream-config';
import { JetStreamStreamProps } from './stream-props';
import * as nack from '../../../imports/jetstream.nats.io';
import { judge, judgeAtSynth } from '../assets/judge';
import { jetStreamResource } from '../jetstream-resource';
import { originStreamRules, ownStreamRules } from '../rules/stream-rules';
import { JetStreamTarget } from '../target/jetstream-target';

/**
 * A stream, which NACK makes and keeps as it is described.
 *
 * What the server would refuse throws, or fails the synth where it depends on other streams. All defaults are written out, so that NACK's own do not hold: it would
 * keep messages for a year in memory.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/streams
 */
export class JetStreamStream extends JetStreamStreamBase {
  /** A stream that exists already, so that consumers can be added to it and others can copy from it. */
  public static fromStreamName(scope: Construct, id: string, streamName: string, options: ExistingStreamOptions): JetStreamStreamBase {
    return new ExistingJetStreamStream(scope, id, streamName, options);
  }

  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** The Stream. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _config: StreamConfig;
  /** @internal */
  public readonly _allowsDirect: boolean;

  constructor(scope: Construct, id: string, props: JetStreamStreamProps) {
    super(scope, id);
    const { target, resourceName, preventDelete = true, preventUpdate } = props;
    const assets = target._assets;
    const config = resolveStream(this, props, assets);
    judge(this, ownStreamRules, config, assets.place);
    assets.addStream(this, config);
    if (config.mirror || config.sources.length > 0) judgeAtSynth(this, originStreamRules, config, assets.place);
    this.streamName = config.name;
    this.target = target;
    this._config = config;
    this._allowsDirect = config.allowDirect;
    const spec = nack.toJson_StreamSpec({ ...renderStream(config), ...target._connectionFor(this), preventDelete, preventUpdate });
    this.apiObject = jetStreamResource(this, 'Stream', { names: [config.name], name: resourceName, spec });
  }
}
