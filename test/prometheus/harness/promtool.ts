import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promtool } from './binaries';

/** Series -> values, as promtool writes both. */
export type Series = { readonly [series: string]: string };

/** A question to Prometheus after series and rules have run for a time. */
export interface RuleTest {
  readonly name: string;
  readonly series: Series;
  /** When it is asked, in minutes; series have a value each minute. */
  readonly at: number;
  readonly query: string;
  /** The one value of the answer. */
  readonly value: number;
}

export interface RuleGroups {
  readonly groups: { readonly name: string; readonly rules: { readonly [field: string]: any }[] }[];
}

/** What promtool finds wrong with rules; empty if nothing. Warnings are findings. */
export function checkRules(rules: RuleGroups): string {
  return inFolder({ 'rules.json': rules }, (folder) => run(folder, 'check', 'rules', '--lint=all', '--lint-fatal', 'rules.json'));
}

/** What promtool finds wrong with a configuration; empty if nothing. */
export function checkConfig(config: object): string {
  return inFolder({ 'config.json': config }, (folder) => run(folder, 'check', 'config', '--lint=all', 'config.json'));
}

/** Which of the tests fail with these rules; empty if none. */
export function testRules(rules: RuleGroups, tests: RuleTest[]): string {
  const file = {
    rule_files: ['rules.json'],
    evaluation_interval: '1m',
    tests: tests.map(({ name, series, at, query, value }) => ({
      name,
      interval: '1m',
      input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
      promql_expr_test: [{ expr: query, eval_time: `${at}m`, exp_samples: [{ labels: '{}', value }] }],
    })),
  };
  return inFolder({ 'rules.json': rules, 'tests.json': file }, (folder) => run(folder, 'test', 'rules', 'tests.json'));
}

function run(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(promtool(), args, { cwd, encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : stdout + stderr;
}

function inFolder<T>(files: { [name: string]: unknown }, action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
