/** The API group of `group/version`; empty for Kubernetes' own first one, which is written without. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
