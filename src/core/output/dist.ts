import { App } from 'cdk8s';
import { replaceFiles } from './file-tree';
import { EnvironmentFiles, findingsOf, layOut } from './layout';
import { secretRows } from './secrets-document';
import { textTable } from './text-table';
import { RequiredSecrets } from '../required-secrets';

/** Writes the environments of a platform for a GitOps tool to pick up. */
export class Dist {
  /**
   * Synthesizes one app for each environment and writes `<outdir>/<environment>/<layer>/<Kind>.<name>.k8s.yaml`, where the layer is the id of
   * the outermost chart; and `<outdir>/<environment>/SECRETS.md`. A file name has the namespace too where two objects would share it.
   *
   * If any validation of any environment fails, all findings are thrown together and nothing in the folder changes. Otherwise stale files of
   * earlier synths go and foreign files stay, which a record of the written files, `.cdk8s-nats.json`, tells apart: commit it with the rest.
   *
   * @param environments the apps by the name of their environment
   * @param outdir where to write; @default - the environment variable CDK8S_OUTDIR, which `cdk8s synth` sets, else `dist`
   * @returns what was written and which Secrets must exist, as a text for the terminal
   */
  public static write(environments: { [environment: string]: App }, outdir: string = process.env.CDK8S_OUTDIR ?? 'dist'): string {
    const apps = Object.entries(environments);
    for (const [environment] of apps) assertFolderName(environment);
    const findings = apps.flatMap(([environment, app]) => findingsOf(app).map((finding) => `${environment}: ${finding}`));
    if (findings.length > 0) throw new Error(`${findings.length} finding(s); ${outdir} is unchanged:\n  ${findings.join('\n  ')}`);
    const written = apps.map(([environment, app]) => layOut(environment, app));
    replaceFiles(outdir, new Map(written.flatMap(({ files }) => [...files])));
    return apps.map(([, app], index) => report(written[index], app)).join('\n');
  }

  private constructor() {}
}

function assertFolderName(environment: string): void {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(environment)) {
    throw new Error(`the environment name '${environment}' cannot name a folder; allowed: letters, digits, _, . and -, beginning with a letter or digit`);
  }
}

function report({ environment, objectsByLayer }: EnvironmentFiles, app: App): string {
  const secrets = RequiredSecrets.of(app);
  const layers = [...objectsByLayer].map(([layer, objects]) => [`  ${layer}`, `${objects} object${objects === 1 ? '' : 's'}`]);
  const needs = secrets.length === 0 ? '  needs no Secrets\n'
    : `  needs these Secrets (SECRETS.md):\n${textTable(secretRows(secrets).map(([first, ...others]) => [`    ${first}`, ...others]))}`;
  return `${environment}\n${textTable(layers)}${needs}`;
}
