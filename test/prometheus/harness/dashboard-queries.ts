import { Manifest } from '../../support';

const VALUES: { readonly [variable: string]: string } = { cluster: 'messaging/nats', namespace: 'messaging', __rate_interval: '5s' };

/** The queries of a dashboard's panels, and of its variables, with values in place of variables: of those by which one chooses, all. */
export function queriesOf({ title, panels, templating }: Manifest): { readonly panel: string; readonly expr: string }[] {
  const filled = (text: string) => text.replace(/\$(\w+)/g, (_, variable: string) => VALUES[variable] ?? '.*');
  const ofPanels = panels.flatMap(({ title: panel, targets = [] }: Manifest) => targets.map(({ expr }: Manifest) => ({ panel: `${title}: ${panel}`, expr: filled(expr) })));
  const ofVariables = templating.list.filter(({ type }: Manifest) => type === 'query').map(({ name, query }: Manifest) => {
    const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(query)!;
    return { panel: `${title}: $${name}`, expr: `count by (${label}) (${filled(selector)})` };
  });
  return [...ofPanels, ...ofVariables];
}
