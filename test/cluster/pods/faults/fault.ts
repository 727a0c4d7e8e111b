import { RunningPlatform } from '../running-platform';

/** Something bad that happens to a platform, and that it must get over by itself. */
export interface Fault {
  readonly name: string;
  /** How long after its end nothing of it may be left, in milliseconds. */
  readonly overWithin: number;
  /** Lets it happen, and returns when it ends: when whoever did it has put back what was taken away. Throws if the platform does not do what it must meanwhile. */
  happen(platform: RunningPlatform): Promise<void>;
}
