import { ImportedGroup } from './groups';

/** What imports/README.md says. */
export function readme(groups: ImportedGroup[]): string {
  return `# Generated: typed custom resources and their schemas

Written by \`npm run import\` from what \`tools/import/groups.ts\` lists; never edited by hand. \`<group>.ts\` has the typed constructs that
\`cdk8s import\` makes, \`crds/<group>.json\` the CustomResourceDefinitions themselves: they are what the schema check reads and, for NACK, what
is deployed.

| API group | kinds | version | from |
|---|---|---|---|
${groups.map(({ group, kinds, version, url }) => `| ${group} | ${kinds.join(', ')} | ${version} | ${url} |`).join('\n')}

Before anything is generated, each CRD loses its prose (\`description\` of schemas and printer columns), annotations, labels and status, and
its keys and kinds are sorted: each source of one version gives the same bytes. Its versions stand in the order in which \`kubectl\` would
choose them, served ones first, then as Kubernetes ranks them. The class without a suffix, such as \`Stream\`, is the first of these;
\`StreamV1Beta1\` is another. \`test/imports.test.ts\` pins the version of each class.

\`\`\`
npm run import                        # download the URLs above
npm run import -- --from FOLDER       # read all YAML files of a folder; a kind that it does not have stays as committed
npm run import -- --from-go-modules   # read the Go modules of the same versions; a group without a module stays as committed
\`\`\`

With \`--check\` nothing is written: the command fails and lists the files that are not what the source gives.

To upgrade, change the version in \`tools/import/groups.ts\` and the URL in \`cdk8s.yaml\`, run \`npm run import\`, and read the difference.
`;
}
