import { AlertCase, ALERT_CASES } from './alert-cases';
import { checkRules, RuleGroups, Series, testRules } from './harness/promtool';
import { HEALTHY, on, steady } from './healthy-series';
import { fullRules, gatewayRules, operatorRules, singleRules } from './watched-apps';

jest.setTimeout(120_000);

const RULES = { full: fullRules(), gateway: gatewayRules(), single: singleRules(), operator: operatorRules() };

/** An alert with the facts that it compares with. */
function only({ groups }: RuleGroups, alert: string): RuleGroups {
  const reduced = groups.map(({ name, rules }) => ({ name, rules: rules.filter((rule) => rule.alert === undefined || rule.alert === alert) }));
  return { groups: reduced.filter(({ rules }) => rules.length > 0) };
}
const firing = (matchers: string) => `count(ALERTS{alertstate="firing"${matchers}}) or vector(0)`;

const gateways: Series = Object.fromEntries([0, 1, 2].flatMap((pod) => ['inbound', 'outbound'].map((direction) => [
  on(pod, `nats_gatewayz_${direction}_gateway_configured`, { remote_gateway_name: 'west', cid: `${pod}` }), steady(1),
])));

/** An account with a limit and one without. */
const limits: Series = Object.fromEntries([0, 1, 2].flatMap((pod) => [['ORDERS', 100], ['OTHERS', -1]].map(([account, limit]) => [
  on(pod, 'nats_accountz_limit_conn', { account: `${account}` }), steady(limit),
])));

test.each(Object.entries(RULES))('promtool finds nothing wrong with the %s rules', (_, rules) => {
  expect(checkRules(rules)).toBe('');
});

test('promtool finds what is wrong', () => {
  const broken = { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum by (' }] }] };
  expect(checkRules(broken)).toContain('parse error');
  expect(testRules(RULES.full, [{ name: 'a', series: HEALTHY, at: 5, query: 'vector(1)', value: 2 }])).toContain('FAILED');
});

test.each([
  ['full', HEALTHY],
  ['operator', { ...HEALTHY, ...limits }],
  ['gateway', { ...HEALTHY, ...gateways }],
  ['single', Object.fromEntries(Object.entries(HEALTHY).filter(([name]) => !/nats-[12]"/.test(name)))],
] as const)('none of the %s rules fires while all is well', (rules, series) => {
  const times = [30, 120, 420];
  expect(testRules(RULES[rules], times.map((at) => ({ name: `${at} minutes`, series, at, query: firing(''), value: 0 })))).toBe('');
});

const cases = Object.entries(ALERT_CASES).flatMap(([alert, ofAlert]) => ofAlert.map((one, index): [string, string, AlertCase] => [`${alert} ${index + 1}`, alert, one]));

test.each(cases)('%s fires when it should, and not of what is no longer there', (_, alert, { rules = 'full', severity, broken, without = [], at, whenGone }: AlertCase) => {
  const healthy = Object.fromEntries(Object.entries(HEALTHY).filter(([name]) => !without.includes(name)));
  const query = firing(`, alertname="${alert}"${severity ? `, severity="${severity}"` : ''}`);
  const pods = [0, 1, 2].filter((pod) => Object.keys(broken).some((name) => name.includes(`"nats-${pod}"`)));
  const servers = pods.flatMap((pod) => [on(pod, 'up'), on(pod, 'nats_connz_limit')]);
  const going = { ...Object.fromEntries(servers.map((name) => [name, steady(1)])), ...broken };
  const gone = Object.fromEntries(Object.entries(going).map(([name, values]) => [name, `${values.replace(/x500$/, `x${at}`)} stale`]));
  expect(testRules(only(RULES[rules], alert), [
    { name: 'fires', series: { ...healthy, ...broken }, at, query, value: 1 },
    { name: 'is gone', series: { ...healthy, ...gone }, at: at + 75, query, value: whenGone ? 1 : 0 },
  ])).toBe('');
});

/** What /varz tells stays when a server dies beside its exporter. */
const ofVarz = cases.filter(([, , { broken }]) => Object.keys(broken).length > 0 && Object.keys(broken).every((name) => name.startsWith('nats_varz_')))
  .filter(([, alert]) => !RULES.full.groups.some(({ rules }) => rules.some((rule) => rule.alert === alert && rule.expr.includes('increase('))));

test.each(ofVarz)('%s does not fire of the last words of servers that are dead', (_, alert, { broken, without = [], at }: AlertCase) => {
  const healthy = Object.fromEntries(Object.entries(HEALTHY).filter(([name]) => !without.includes(name)));
  const dead = Object.fromEntries([0, 1, 2].map((pod) => [on(pod, 'nats_connz_limit'), '0x1 stale']));
  expect(testRules(only(RULES.full, alert), [{ name: 'frozen', series: { ...healthy, ...broken, ...dead }, at, query: firing(`, alertname="${alert}"`), value: 0 }])).toBe('');
});
