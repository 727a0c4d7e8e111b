import { JetStreamCredentials } from './jetstream-credentials';
import { JETSTREAM_CONNECTION } from './target-rules';
import { SecretKey } from '../../core/secret-key';
import { NatsAccount } from '../../nats/auth/nats-account';
import { NatsUserOptions } from '../../nats/auth/nats-user';
import { Permissions } from '../../nats/auth/permissions';
import type { NatsCluster } from '../../nats/nats-cluster';
import { slug } from '../resource-name';

/**
 * What NACK 0.23 asks the servers for, and nothing else: it reads, makes, changes and deletes streams and consumers, and cannot read a message. Their names
 * are not narrowed, because it also deletes what the program no longer has.
 */
const MANAGEMENT = Permissions.of({
  publish: {
    allow: [
      '$JS.API.INFO',
      ...['INFO', 'CREATE', 'UPDATE', 'DELETE'].map((verb) => `$JS.API.STREAM.${verb}.*`),
      '$JS.API.CONSUMER.INFO.*.*',
      '$JS.API.CONSUMER.CREATE.*.>',
      '$JS.API.CONSUMER.DELETE.*.*',
    ],
  },
});

/** NACK knows no other inbox, so that all of the account's users have to have one of their own. */
const NACK_INBOX = '_INBOX';

/** The user as whom NACK manages the streams of an account, or of a cluster without accounts. */
export interface ManagementUser {
  readonly name: string;
  /** Undefined if it logs in by its certificate alone. */
  readonly credentials?: JetStreamCredentials;
}

/** Who has which Secret, in each cluster: names of accounts may differ in their case alone. */
const secrets = new WeakMap<NatsCluster, Map<string, string>>();

const users = new WeakMap<NatsAccount | NatsCluster, ManagementUser>();

/** The management user; the same one whenever it is asked for. */
export function managementUser(cluster: NatsCluster, account?: NatsAccount): ManagementUser {
  const home = account ?? cluster;
  const present = users.get(home);
  if (present) return present;
  const added = addUser(cluster, account);
  users.set(home, added);
  return added;
}

function addUser(cluster: NatsCluster, account: NatsAccount | undefined): ManagementUser {
  const name = account ? `nack-${account.accountName}` : 'nack';
  const common = { permissions: MANAGEMENT, inboxPrefix: NACK_INBOX };
  const add = (options: NatsUserOptions) => (account ?? cluster).addUser(name, { ...common, ...options });
  const { name: clusterName, tls: { client } } = cluster._deployed();
  if (client?.options.verifyAndMap) {
    add({ certificateSubject: `CN=${name}` });
    return { name };
  }
  const secretName = [clusterName, ...account ? [slug(account.accountName)] : [], 'nack'].join('-');
  checkSecret(cluster, secretName, name);
  add({ password: SecretKey.fromName(secretName, 'password') });
  return { name, credentials: JetStreamCredentials._user(secretName, `exactly: ${name}`) };
}

function checkSecret(cluster: NatsCluster, secretName: string, name: string): void {
  const taken = secrets.get(cluster) ?? new Map<string, string>();
  const other = taken.get(secretName);
  if (other !== undefined) {
    throw JETSTREAM_CONNECTION.error(cluster, {
      what: `the Secret '${secretName}' would have the passwords of both ${other} and ${name}`,
      allowed: 'accounts whose names differ in more than case, - and _',
      fix: 'rename one of the accounts, or give its streams a JetStreamAccount with credentials',
    });
  }
  secrets.set(cluster, taken.set(secretName, name));
}
