import { Construct } from 'constructs';
import { discoverGrant, serveGrant } from './service-grants';
import { GRANT_RESPONSES, SERVICE_INVALID } from './service-rules';
import { checkAtSynth } from '../../core/rules';
import { NatsUser } from '../auth/nats-user';
import { checkResponses, ResponsePermissions } from '../auth/permissions';
import { GRANT_ACCOUNT } from '../auth/rules';
import { covers, isSubject } from '../subject';

/** A service that answers requests. */
export interface NatsServiceProps {
  /** Subjects of the requests, wildcards included. An empty list, and text that is no subject, throw. */
  readonly subjects: string[];
  /**
   * Whether others than those named with `grantRequest` and `grantDiscover` may ask, such as users of other accounts that import the service. Those
   * who serve then get leave to answer whatever subject a request names, which rule GRANT-RESPONSES warns of.
   * @default - false; true as long as nobody is named
   */
  readonly unknownRequesters?: boolean;
}

/** What of a service a user asks for. */
export interface ServiceRequestGrant {
  /**
   * Subjects of the requests; one that is not among those of the service throws.
   * @default - all subjects of the service
   */
  readonly subjects?: string[];
}

/** How a user serves. */
export interface ServiceServeGrant extends ServiceRequestGrant {
  /**
   * The queue group in which it serves, as it must then be; the clients' framework for services (micro) uses `q` unless told otherwise.
   * @default - any, or none
   */
  readonly queue?: string;
  /**
   * Name by which it is discovered, if it is a service of the clients' framework: letters, digits, _ and -.
   * @default - it is not discovered
   */
  readonly name?: string;
  /**
   * How it may answer those who are not known.
   * @default - one message for each request, within 2 minutes
   */
  readonly responses?: ResponsePermissions;
}

/**
 * A service that answers requests, in one account: who may ask, and who answers. It makes no object; it grants users of a `NatsCluster` what they need.
 *
 * Those who serve may publish to the inboxes of those who ask, and to nothing else. The client of each user must be told the user's `inboxPrefix`.
 *
 * ```ts fixture=cluster
 * import { NatsService } from 'cdk8s-nats';
 *
 * const shop = nats.addUser('shop', { password: SecretKey.fromName('shop-nats', 'password') });
 * const pricing = nats.addUser('pricing', { password: SecretKey.fromName('pricing-nats', 'password') });
 *
 * const prices = new NatsService(chart, 'prices', { subjects: ['prices.get'] });
 * prices.grantRequest(shop);
 * prices.grantServe(pricing, { queue: 'q', name: 'prices' });
 * ```
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export class NatsService extends Construct {
  private readonly subjects: string[];
  private readonly requesters = new Set<NatsUser>();
  private readonly names = new Set<string>();
  private readonly served: NatsUser[] = [];
  private home?: NatsUser;

  constructor(scope: Construct, id: string, private readonly props: NatsServiceProps) {
    super(scope, id);
    this.subjects = props.subjects;
    if (this.subjects.length === 0) throw SERVICE_INVALID.error(this, { what: 'subjects is empty', allowed: 'at least one subject' });
    this.checkSubjects(this.subjects);
    checkAtSynth(this, GRANT_RESPONSES, () => this.inboxPrefixes || this.served.length === 0 ? [] : [{
      what: `${this.served.map(({ userName }) => `'${userName}'`).sort().join(', ')} may answer to whatever subject a request names, because ${
        props.unknownRequesters ? 'unknownRequesters is true' : 'nobody is granted to ask'}`,
      allowed: 'answers to the inboxes of known requesters',
      fix: 'name those who ask with grantRequest, and leave unknownRequesters out; or serve in an account without JetStream',
    }]);
  }

  /** Lets a user send requests. A user of another account throws. */
  public grantRequest(user: NatsUser, options: ServiceRequestGrant = {}): void {
    this.admit(user);
    const subjects = this.checkedSubjects(options);
    this.requesters.add(user);
    user._grant(() => ({ publish: subjects }));
  }

  /** Lets a user receive requests and answer them. A user of another account throws. */
  public grantServe(user: NatsUser, options: ServiceServeGrant = {}): void {
    this.admit(user);
    const { queue, name, responses } = options;
    const subjects = this.checkedSubjects(options);
    if (queue !== undefined && !isSubject(queue)) throw SERVICE_INVALID.error(this, { what: `the queue group is '${queue}'`, allowed: 'tokens between dots, without spaces' });
    if (name !== undefined && !/^[\w-]+$/.test(name)) throw SERVICE_INVALID.error(this, { what: `the name is '${name}'`, allowed: 'letters, digits, _ and -' });
    if (responses) checkResponses(this, responses);
    if (name !== undefined) this.names.add(name);
    this.served.push(user);
    user._grant(() => serveGrant({ subjects, queue, name, responses, inboxPrefixes: this.inboxPrefixes }));
  }

  /** Lets a user ask which services there are, and those of this service's names for details (`nats micro list`). A user of another account throws. */
  public grantDiscover(user: NatsUser): void {
    this.admit(user);
    this.requesters.add(user);
    user._grant(() => discoverGrant([...this.names]));
  }

  /** Where answers go, if that is known. */
  private get inboxPrefixes(): string[] | undefined {
    const known = !this.props.unknownRequesters && this.requesters.size > 0;
    return known ? [...this.requesters].map(({ inboxPrefix }) => inboxPrefix) : undefined;
  }

  private checkedSubjects({ subjects = this.subjects }: ServiceRequestGrant): string[] {
    this.checkSubjects(subjects);
    const stranger = subjects.find((subject) => !this.subjects.some((own) => covers(own, subject)));
    if (stranger !== undefined) throw SERVICE_INVALID.error(this, { what: `'${stranger}' is not a subject of the service`, allowed: this.subjects.join(', ') });
    return subjects;
  }

  private checkSubjects(subjects: string[]): void {
    const wrong = subjects.find((subject) => !isSubject(subject));
    if (wrong !== undefined) {
      throw SERVICE_INVALID.error(this, { what: `subjects has '${wrong}', which is not a subject`, allowed: 'tokens without spaces between dots, * for one token, > at the end' });
    }
  }

  /** The first user says in which account the service is. */
  private admit(user: NatsUser): void {
    const { _cluster: cluster, accountName } = this.home ??= user;
    if (user._cluster === cluster && user.accountName === accountName) return;
    const elsewhere = user._cluster === cluster ? `account ${user.accountName}` : `the cluster ${user._cluster.node.path}`;
    throw GRANT_ACCOUNT.error(this, {
      what: `user '${user.userName}' is of ${elsewhere}, but the service is in account ${accountName} of ${cluster.node.path}`,
      allowed: 'users of one account',
      fix: user._cluster === cluster
        ? `let ${accountName} export the subjects with exportService and ${user.accountName} import them with importService, allow the user to publish to them, and set unknownRequesters`
        : 'add a user to that cluster',
    });
  }
}
