import { StreamConfig, StreamDiscard } from '../../stream/stream-config';
import { AssetRule } from '../asset-rule';
import { JetStreamPlace } from '../place';

/** A rule about one stream. */
export type StreamRule = AssetRule<StreamConfig, JetStreamPlace>;

/** The subjects of a stream, with the name that the server takes where there are none. */
export function subjectsOf({ name, subjects, mirror, sources }: StreamConfig): string[] {
  return subjects.length === 0 && !mirror && sources.length === 0 ? [name] : subjects;
}

/** Whether new messages are refused when the stream is full: NACK takes it from discardPerSubject, too. */
export function discardsNew({ discard, discardPerSubject }: StreamConfig): boolean {
  return discardPerSubject || discard === StreamDiscard.NEW;
}
