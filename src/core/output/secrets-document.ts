import { RequiredSecretKey } from '../required-secrets';

const columns = ['Namespace', 'Secret', 'Key', 'Value', 'Used by'];

/** The Secrets that must exist, as rows for a person. */
export function secretRows(secrets: RequiredSecretKey[]): string[][] {
  return secrets.map(({ namespace, secretName, key, value, usedBy }) => [namespace ?? '', secretName, key, value, usedBy.join(', ')]);
}

/** `SECRETS.md` of an environment. */
export function secretsDocument(environment: string, secrets: RequiredSecretKey[]): string {
  const lines = [`# Secrets that must exist in ${environment}`, ''];
  if (secrets.length === 0) return [...lines, 'None.', ''].join('\n');
  const table = [columns, columns.map(() => '---'), ...secretRows(secrets)].map((row) => `| ${row.join(' | ')} |`);
  return [...lines, 'Nothing in this folder holds a secret. Create these before the layers that use them are applied.', '', ...table, ''].join('\n');
}
