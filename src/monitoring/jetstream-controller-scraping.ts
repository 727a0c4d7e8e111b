import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { makeMonitor } from './scraping/monitor';
import { NatsRelabelAction } from './scraping/relabeling';
import { NatsScrapingOptions } from './scraping/scraping-props';
import { METRICS_PORT } from '../jetstream/controller/deployment';
import { JetStreamController } from '../jetstream/jetstream-controller';
import { SCRAPERS_UNSAID } from '../nats/pod/exporter';

/** Scraping of a JetStream controller. */
export interface JetStreamControllerScrapingProps extends NatsScrapingOptions {
  /** The controller. One whose NetworkPolicy admits no `scrapers` throws. */
  readonly controller: JetStreamController;
}

/**
 * Lets the Prometheus operator find a JetStream controller, so that `NatsAlerts` of its cluster tell when it fails again and again. Who may scrape it is said by `scrapers` of the
 * controller.
 *
 * @see https://book.kubebuilder.io/reference/metrics-reference
 */
export class JetStreamControllerScraping extends Construct {
  /** The PodMonitor or ServiceMonitor. */
  public readonly monitor: ApiObject;
  /** The Service of a ServiceMonitor, where there is one. */
  public readonly service?: ApiObject;
  /** @internal */
  public readonly _controller: JetStreamController;
  /** @internal The label `job` of its series. */
  public readonly _job: string;

  constructor(scope: Construct, id: string, props: JetStreamControllerScrapingProps) {
    super(scope, id);
    this._controller = props.controller;
    const { podLabels, node, _scraped: { name, namespace, admitsScrapers } } = props.controller;
    if (!admitsScrapers) {
      throw SCRAPERS_UNSAID.error(this, {
        what: `the controller ${node.path} has no scrapers, and its NetworkPolicy admits nobody else`, fix: 'give scrapers: [NatsPeer.namespace(\'<namespace of Prometheus>\')] to it',
      });
    }
    this._job = `${namespace}/${name}`;
    const noise = [{ sourceLabels: ['__name__'], regex: 'controller_runtime_reconcile_(errors_)?total', action: NatsRelabelAction.KEEP }];
    const pods = { namespace, podLabels, port: { name: 'metrics', number: METRICS_PORT }, job: this._job, names: [], noise };
    ({ monitor: this.monitor, service: this.service } = makeMonitor(this, pods, name, props));
  }
}
