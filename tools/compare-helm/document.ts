import { Side } from './compare';
import { ExpectedDifference } from './expected';
import { FEATURE_AREAS, FeatureArea, OPERATOR_FIELDS, OPTIONS_OF_ACCOUNTS } from './feature-areas';
import { REFUSALS } from './refusals';
import { Rules } from '../../src';

const SIDES: { readonly [side in Side]: string } = { chart: 'only in the chart', ours: 'only here', both: 'other value' };

const INTRODUCTION = `# Compared with the official Helm chart

What \`NatsCluster\` makes is close to what the [official chart](https://github.com/nats-io/k8s/tree/main/helm/charts/nats) renders: the same objects with the same names, ports, paths and
images, so that runbooks for the chart hold here too. Where the two differ, they differ on purpose.

\`npm run compare:helm -- FOLDER\` compares them for tests of the chart, object by object and field by field, nats.conf as the server's own parser reads it. A difference that is not in the
tables below fails, and so does one in the tables that is no longer there. FOLDER holds what a test gives the chart and what the chart renders, as \`<case>.values.yaml\` and
\`<case>.rendered.yaml\` (\`helm template nats <chart> -n nats -f <case>.values.yaml\`). This document is generated: \`npm run compare:helm -- --docs\`.`;

const REFUSED = `What is guarded is let through by \`Rules.acknowledge\` with a reason. Each of these is tried by a test, and where nats-server itself does not start with what the
chart renders, it is asked too.`;

const OPTIONS = 'The chart and the nats-operator have no values for these options of nats.conf; who writes nats.conf by hand may look for them.';

const OPERATOR = 'The [nats-operator](https://github.com/nats-io/nats-operator) is deprecated. These are the fields of its NatsCluster that concern the servers.';

/** `docs/compared-with-helm.md`. */
export function helmDocument(differences: ExpectedDifference[]): string {
  const topics = [...new Set(differences.map(({ topic }) => topic))];
  return [
    INTRODUCTION,
    '## What differs, and why\n\n`*` stands for anything within one step of a path, `**` for anything below it.',
    ...topics.map((topic) => `### ${topic}\n\n${differenceTable(differences.filter((entry) => entry.topic === topic))}`),
    `## What the chart renders and is refused here\n\n${REFUSED}\n\n${refusalTable()}`,
    `## What the chart can be told, and how to say it here\n\nProps are those of \`NatsCluster\` and \`NatsPlatform\`.\n\n${areaTable('Values of the chart', FEATURE_AREAS)}`,
    `## What the nats-operator can be told, and how to say it here\n\n${OPERATOR}\n\n${areaTable('Field of NatsCluster', OPERATOR_FIELDS)}`,
    `## Options of nats.conf about accounts that neither of them has\n\n${OPTIONS}\n\n${areaTable('Option', OPTIONS_OF_ACCOUNTS)}`,
  ].join('\n\n') + '\n';
}

function differenceTable(entries: ExpectedDifference[]): string {
  return table(['Field', 'Difference', 'Why'], entries.map(({ at, side, why }) => [at.map(code).join('<br>'), SIDES[side], why]));
}

function refusalTable(): string {
  return table(['Values of the chart', 'Rule', 'Level', 'Why'], REFUSALS.map(({ values, rule, why }) => [code(values), code(rule), levelOf(rule), why]));
}

function levelOf(rule: string): string {
  return Rules.all().find(({ id }) => id === rule)!.level;
}

function areaTable(what: string, areas: FeatureArea[]): string {
  return table([what, 'Here'], areas.map((area) => [code(area.values), coverage(area)]));
}

function coverage({ props = [], note }: FeatureArea): string {
  const names = props.map(code).join(', ');
  return [names, note].filter(Boolean).join(': ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: string[], rows: string[][]): string {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
