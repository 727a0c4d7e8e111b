/** Messages of failures as the controllers of Flux 2.9 write them, one of each sort. */
export const failureMessages = [
  'kustomize build failed: accumulating resources: accumulation err=\'merging resources from \'./base\': may not add resource with an already registered id\'',
  'Deployment/shop/web dry-run failed (Invalid): Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1',
  'Service/shop/web namespace not specified: the server could not find the requested resource',
  'health check failed after 5m0.1s: timeout waiting for: [Deployment/shop/web status: \'InProgress\']',
  'post build failed for \'settings\': envsubst error: variable not set (strict mode): "REGION"',
  'HelmRelease/shop/redis apply failed (Conflict): the object has been modified; please apply your changes to the latest version',
  'Helm install failed for release shop/redis with chart redis@21.2.3: context deadline exceeded',
  'Helm upgrade failed for release shop/redis with chart redis@21.2.3: cannot patch "redis" with kind StatefulSet',
  'Helm test failed for release shop/redis.v3 with chart redis@21.2.3: pod redis-test failed',
  'failed to checkout and determine revision: unable to clone \'https://git.example.com/fleet\': authentication required',
  'failed to determine artifact digest: GET https://registry.example.com/v2/fleet/manifests/1.2: MANIFEST_UNKNOWN',
  'failed to fetch Helm repository index: dial tcp: lookup charts.example.com: i/o timeout',
  'no \'redis\' chart with version matching \'21.x\' found',
  'bucket \'fleet\' not found',
  'version list argument cannot be empty',
  'access denied: cannot access GitRepository/other/fleet, cross-namespace references have been blocked',
];

/** Messages of what went well, or only waits. */
export const infoMessages = [
  'Deployment/shop/web configured\nService/shop/web created\nConfigMap/shop/web-5bd9 deleted',
  'Health check passed in 12.04s',
  'Health checks canceled due to new reconciliation triggered by GitRepository/flux-system/fleet',
  'Dependencies do not meet ready condition, retrying in 30s',
  'dependency \'shop/redis\' is not ready',
  'unable to get \'shop/redis\' dependency: helmreleases.helm.toolkit.fluxcd.io "redis" not found',
  'Helm install succeeded for release shop/redis.v1 with chart redis@21.2.3',
  'Helm upgrade succeeded for release shop/redis.v2 with chart redis@21.2.3',
  'Helm rollback to previous release shop/redis.v1 with chart redis@21.2.3 succeeded',
  'stored artifact for commit \'Raise the limits\'',
  'pulled \'redis\' chart with version \'21.2.3\'',
  'Latest image tag for ghcr.io/shop/web resolved to 1.4.2',
];
