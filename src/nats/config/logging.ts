import { ConfBlock } from '../conf/conf-value';

/** What the servers log; all of it is applied by reload. */
export interface NatsLogging {
  /**
   * Log what the server does.
   * @default false
   */
  readonly debug?: boolean;
  /**
   * Log each message of the protocol. It costs most of the server's throughput, and message contents get into the logs.
   * @default false
   */
  readonly trace?: boolean;
  /**
   * Begin each line with the time.
   * @default true
   */
  readonly timestamps?: boolean;
  /**
   * Give the time in UTC.
   * @default - local time of the container, which is UTC unless the image says otherwise
   */
  readonly utc?: boolean;
}

/** What is logged, as options of nats.conf. */
export function renderLogging(logging: NatsLogging): ConfBlock {
  return { debug: logging.debug, trace: logging.trace, logtime: logging.timestamps, logtime_utc: logging.utc };
}
