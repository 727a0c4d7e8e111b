import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { renderSlack } from './alertmanager/render-slack';
import { ALERTMANAGER_SEVERITY, resolveSlack, unroutedSeverities } from './alertmanager/resolve-slack';
import { AlertmanagerSlackOptions } from './alertmanager/slack-props';
import { checkSelected } from './scraping/prometheus-selector';
import * as prometheus from '../../imports/monitoring.coreos.com';
import { kubeObject } from '../core/kube-object';
import { requireSecret } from '../core/required-secrets';
import { checkAtSynth } from '../core/rules';
import { SLACK_VALUES } from '../core/slack/slack-auth';

/**
 * Lets the Alertmanager of the Prometheus operator tell alerts in Slack: an AlertmanagerConfig with a route for each channel, which keeps quiet what only follows from another alert.
 *
 * It stands in the namespace of the cluster, because an AlertmanagerConfig gets the alerts of its own namespace only, unless the Alertmanager says otherwise; `NatsAlerts` gives each alert
 * the label for it. What Flux could not apply is told by `SlackAlerting`, and by the alert `FluxNotReady`.
 *
 * @see https://prometheus-operator.dev/docs/developer/alerting/
 */
export class AlertmanagerSlack extends Construct {
  /** The AlertmanagerConfig. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AlertmanagerSlackOptions) {
    super(scope, id);
    const { name = id, labels = {}, selectedBy } = props;
    checkSelected(this, 'AlertmanagerConfig', labels, selectedBy);
    const state = resolveSlack(this, props);
    this.apiObject = kubeObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name, namespace: Chart.of(this).namespace, labels },
      spec: prometheus.toJson_AlertmanagerConfigSpec(renderSlack(state)),
    });
    const usedBy = `Alertmanager routes ${name}`;
    for (const { auth: { _mode, _url, _secret } } of state.routes) {
      requireSecret(this, _url, { value: _mode === 'bot' ? SLACK_VALUES.api : SLACK_VALUES.webhook, usedBy });
      if (_mode === 'bot') requireSecret(this, _secret, { value: SLACK_VALUES.token, usedBy });
    }
    checkAtSynth(this, ALERTMANAGER_SEVERITY, () => unroutedSeverities(state));
  }
}
