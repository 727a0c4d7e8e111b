import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../src/core/rule';
import { checkAtSynth, Rules } from '../../src/core/rules';

const levels = {
  error: defineRule({ id: 'TEST-ERROR', level: RuleLevel.ERROR, statement: 'An error.', source: 'this test' }),
  guarded: defineRule({ id: 'TEST-GUARDED', level: RuleLevel.GUARDED, statement: 'A danger.', source: 'this test' }),
  warning: defineRule({ id: 'TEST-WARNING', level: RuleLevel.WARNING, statement: 'An unwise thing.', source: 'this test' }),
};

function chartThatBreaks(...broken: (keyof typeof levels)[]): { chart: Chart; culprit: Construct } {
  const chart = new Chart(new App(), 'chart');
  const culprit = new Construct(chart, 'culprit');
  for (const level of broken) checkAtSynth(culprit, levels[level], () => [{ what: `a ${level}`, allowed: 'nothing of it', fix: 'stop' }]);
  return { chart, culprit };
}

const warn = jest.spyOn(console, 'warn').mockImplementation();

test('an error says where, what, what is allowed, how to mend it, and its rule', () => {
  const { chart } = chartThatBreaks('error');
  expect(() => Testing.synth(chart)).toThrow('[chart/culprit] a error; allowed: nothing of it; fix: stop [TEST-ERROR]');
});

test('all findings of an app are reported together', () => {
  const { chart } = chartThatBreaks('error', 'guarded');
  expect(() => Testing.synth(chart)).toThrow(/TEST-ERROR[^]*TEST-GUARDED/);
});

test('what is guarded fails until it is acknowledged, here or above, with a reason', () => {
  const { chart, culprit } = chartThatBreaks('guarded');
  expect(() => Testing.synth(chart)).toThrow("Rules.acknowledge(<this construct>, 'TEST-GUARDED', '<why>')");
  expect(() => Rules.acknowledge(culprit, 'TEST-GUARDED', ' ')).toThrow('the reason for acknowledging TEST-GUARDED is empty');
  Rules.acknowledge(chart, 'TEST-GUARDED', 'a test');
  expect(Testing.synth(chart)).toEqual([]);
});

test('an error cannot be acknowledged, nor can a rule that does not exist', () => {
  const { culprit } = chartThatBreaks('error');
  expect(() => Rules.acknowledge(culprit, 'TEST-ERROR', 'a test')).toThrow('rule TEST-ERROR cannot be acknowledged');
  expect(() => Rules.acknowledge(culprit, 'TEST-EROR', 'a test')).toThrow('there is no rule TEST-EROR');
});

test('a warning is printed once, however often the app is validated', () => {
  const { chart } = chartThatBreaks('warning');
  Testing.synth(chart);
  Testing.synth(chart);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('warning: [chart/culprit] a warning'));
});

test('an acknowledged warning is silent, and a strict app fails on one that is not', () => {
  const { chart, culprit } = chartThatBreaks('warning');
  Rules.strict(chart);
  expect(() => Testing.synth(chart)).toThrow('TEST-WARNING');
  Rules.acknowledge(culprit, 'TEST-WARNING', 'a test');
  Testing.synth(chart);
  expect(warn).not.toHaveBeenCalled();
});

test('a rule id is taken once', () => {
  expect(() => defineRule({ id: 'TEST-ERROR', level: RuleLevel.ERROR, statement: '', source: '' })).toThrow('the rule id TEST-ERROR is taken');
});

test('the catalogue describes each rule in a sentence with a source', () => {
  for (const { id, statement, source } of Rules.all()) {
    expect(id).toMatch(/^[A-Z]+(-[A-Z]+)+$/);
    expect(statement).toMatch(/\.$/);
    expect(source).not.toBe('');
  }
});
