import { spawnSync } from 'child_process';
import { dashboardCheck } from './harness/binaries';
import { NatsDashboard } from '../../src';
import { renderDashboard } from '../../src/monitoring/dashboards/boards';

// Built before the clock of a test runs.
dashboardCheck();

function problemsOf(dashboard: object): string {
  const { stdout, stderr, status } = spawnSync(dashboardCheck(), { input: JSON.stringify(dashboard), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

test.each(Object.values(NatsDashboard))('the dashboard %s has what Grafana\'s schema asks for, and nothing that it does not know', (name) => {
  expect(problemsOf(renderDashboard(name, 'uid', 'messaging/nats'))).toBe('');
});

test('a field that Grafana does not know is found', () => {
  const dashboard = renderDashboard(NatsDashboard.OVERVIEW, 'uid', 'messaging/nats');
  const panels = dashboard.panels.map((panel) => panel.type === 'stat' ? { ...panel, options: { ...panel.options as object, colour: 'red' } } : panel);
  expect(problemsOf({ ...dashboard, panels, refesh: '30s' })).toMatch(/unexpected field 'colour'[^]*unexpected field 'refesh'/);
});
