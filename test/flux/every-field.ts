import { App, Chart, Duration } from 'cdk8s';
import {
  FluxAzureCredentials, FluxBucket, FluxBucketAccess, FluxBuildMetadata, FluxChartNameChange, FluxChartReconcileStrategy, FluxClientTls,
  FluxDeletionPolicy, FluxDeletionPropagation, FluxDriftMode, FluxGitAuth, FluxGitReference, FluxGitRepository, FluxGitSigned,
  FluxGitVerification, FluxHealthCheck, FluxHealthExpression, FluxHelmChart, FluxHelmCrds, FluxHelmFailure, FluxHelmRelease, FluxHelmRepository,
  FluxHelmRepositoryAuth, FluxHelmServerSideApply, FluxHelmValues, FluxHelmWaitStrategy, FluxKubeConfig, FluxKustomization, FluxOciLayer,
  FluxOciReference, FluxOciRepository, FluxOciVerification, FluxPostRenderStrategy, FluxRegistryAuth, FluxVariableSource, Rules, SecretKey,
} from '../../src';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const target = {
  group: 'apps', version: 'v1', kind: 'Deployment', name: 'shop-.*', namespace: 'shop', labelSelector: 'app=shop', annotationSelector: 'team=shop',
};
const patches = [{ patch: '- {op: replace, path: /spec/replicas, value: 2}', target }];
const images = [{ name: 'shop', newName: 'registry.example.com/shop', newTag: 'v2' }, { name: 'cart', digest: DIGEST }];
const commonMetadata = { labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' } };
const ignore = [{ paths: ['/spec/replicas'], target }];
const common = { labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' }, interval: Duration.hours(2), timeout: Duration.minutes(90), suspend: true };

/** Objects in which each field that Flux 2.9 knows, and the library offers, is given once. */
export function everyField(): Chart {
  const chart = new Chart(new App(), 'flux', { namespace: 'flux-system' });
  Rules.acknowledge(chart, 'FLUX-SOURCE-CLEAR', 'every field is given here');
  Rules.acknowledge(chart, 'FLUX-FORCE', 'every field is given here');
  Rules.acknowledge(chart, 'FLUX-KEYLESS-PROXY', 'every field is given here');
  const { git, charts, oci } = sources(chart);
  kustomizations(chart, git, oci);
  releases(chart, git, charts, oci);
  return chart;
}

function sources(chart: Chart) {
  const files = { ignore: ['*.md', '!docs/'], proxySecretName: 'proxy' };
  const git = new FluxGitRepository(chart, 'git', {
    ...common,
    ...files,
    url: 'https://github.com/example/shop',
    ref: FluxGitReference.tag('v1.0.0'),
    auth: FluxGitAuth.gitHubApp('github-app', { ca: true, installationByOwner: true, enterprise: true }),
    verification: FluxGitVerification.ssh('signers', FluxGitSigned.TAG_AND_HEAD),
    sparseCheckout: ['./deploy', 'charts'],
    recurseSubmodules: true,
    include: [{ repository: FluxGitRepository.fromGitRepositoryName(chart, 'shared', 'shared'), fromPath: 'base', toPath: './deploy/base' }],
  });
  for (const [id, ref] of Object.entries({
    branch: FluxGitReference.branch('main'),
    semver: FluxGitReference.semver('>=1.0.0 <2.0.0'),
    reference: FluxGitReference.fullName('refs/heads/main'),
    commit: FluxGitReference.commit(SHA, 'main'),
  })) new FluxGitRepository(chart, `git-${id}`, { url: 'ssh://git@github.com/example/shop', ref, auth: FluxGitAuth.ssh('ssh-key') });
  new FluxGitRepository(chart, 'git-aws', {
    url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop', ref: FluxGitReference.branch('main'), auth: FluxGitAuth.aws({ serviceAccountName: 'git' }),
  });
  const oci = new FluxOciRepository(chart, 'oci', {
    ...common,
    ...files,
    url: 'oci://123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop',
    ref: FluxOciReference.semver('1.x', '.*-rc.*'),
    auth: FluxRegistryAuth.aws({ serviceAccountName: 'registry' }),
    tls: FluxClientTls.mutual('registry-tls'),
    verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: '^https://token$', subject: '^https://github.com/example/.*$' }], trustedRootSecretName: 'sigstore' }),
    layer: FluxOciLayer.helmChart(),
    insecure: true,
  });
  for (const [id, ref] of Object.entries({ tag: FluxOciReference.tag('latest'), digest: FluxOciReference.digest(DIGEST) })) {
    new FluxOciRepository(chart, `oci-${id}`, { url: 'oci://ghcr.io/example/shop', ref, auth: FluxRegistryAuth.dockerConfig('registry'), verification: FluxOciVerification.cosignKeys('cosign') });
  }
  const charts = new FluxHelmRepository(chart, 'charts', {
    ...common, url: 'https://charts.example.com', auth: FluxHelmRepositoryAuth.basic('charts'), tls: FluxClientTls.ca('charts-tls'), passCredentials: true,
  });
  new FluxHelmRepository(chart, 'charts-oci', { url: 'oci://europe-docker.pkg.dev/example/charts', auth: FluxHelmRepositoryAuth.gcp(), insecure: true });
  new FluxBucket(chart, 'bucket', {
    ...common,
    ...files,
    bucketName: 'shop',
    endpoint: 'minio.example.com:9000',
    access: FluxBucketAccess.ldap({ endpoint: 'https://sts.example.com', secretName: 'ldap', tls: FluxClientTls.ca('sts-tls') }),
    region: 'eu-west-1',
    prefix: 'deploy/',
    tls: FluxClientTls.clientCertificate('minio-tls'),
    insecure: true,
  });
  for (const [id, access] of Object.entries({
    'aws': FluxBucketAccess.aws({ serviceAccountName: 'bucket', stsEndpoint: 'https://sts.eu-west-1.amazonaws.com' }),
    'aws-key': FluxBucketAccess.awsAccessKey('bucket'),
    'gcp': FluxBucketAccess.gcp(),
    'gcp-key': FluxBucketAccess.gcpServiceAccountKey('bucket'),
    'key': FluxBucketAccess.accessKey('bucket'),
    'anonymous': FluxBucketAccess.anonymous(),
  })) new FluxBucket(chart, `bucket-${id}`, { bucketName: 'shop', endpoint: 's3.example.com', access });
  for (const [id, access] of Object.entries({ identity: FluxBucketAccess.azure(), secret: FluxBucketAccess.azureSecret('azure', FluxAzureCredentials.CLIENT_SECRET) })) {
    new FluxBucket(chart, `bucket-azure-${id}`, { bucketName: 'shop', endpoint: 'https://shop.blob.core.windows.net', access });
  }
  return { git, oci, charts };
}

function kustomizations(chart: Chart, git: FluxGitRepository, oci: FluxOciRepository): void {
  const certificates = new FluxKustomization(chart, 'certificates', { source: oci, healthExpressions: [FluxHealthExpression.certificates(), FluxHealthExpression.issuers()] });
  const shop = new FluxKustomization(chart, 'shop', {
    ...common,
    source: FluxGitRepository.fromGitRepositoryName(chart, 'elsewhere', 'shop', { namespace: 'shop' }),
    path: './deploy/production',
    retryInterval: Duration.minutes(1),
    prune: true,
    wait: true,
    healthExpressions: [FluxHealthExpression.jetStream(), FluxHealthExpression.of({ apiVersion: 'example.com/v1', kind: 'Shop', current: 'true', inProgress: 'false', failed: 'false' })],
    targetNamespace: 'shop',
    serviceAccountName: 'deployer',
    decryption: { keys: [SecretKey.fromName('sops', 'identity.agekey')], serviceAccountName: 'kms' },
    substitution: { variables: { REGION: 'eu' }, from: [FluxVariableSource.configMap('variables', { optional: true }), FluxVariableSource.secret('secrets')], always: true },
    deletionPolicy: FluxDeletionPolicy.WAIT_FOR_TERMINATION,
    force: true,
    ignore,
    patches,
    images,
    components: ['../tls'],
    ignoreMissingComponents: true,
    namePrefix: 'a-',
    nameSuffix: '-b',
    commonMetadata,
    buildMetadata: [FluxBuildMetadata.ORIGIN, FluxBuildMetadata.TRANSFORMERS],
    kubeConfig: FluxKubeConfig.secret(SecretKey.fromName('other-cluster', 'value.yaml')),
  });
  shop.addDependency(certificates, { readyExpression: 'dep.status.conditions.exists(e, e.type == \'Ready\')' });
  shop.addDependency(FluxKustomization.fromKustomizationName(chart, 'infrastructure', 'infrastructure', { namespace: 'infra' }));
  new FluxKustomization(chart, 'checked', {
    source: git, kubeConfig: FluxKubeConfig.configMap('cloud'), healthChecks: [FluxHealthCheck.statefulSet('nats', 'messaging'), FluxHealthCheck.object(shop.apiObject)],
  });
}

function releases(chart: Chart, git: FluxGitRepository, charts: FluxHelmRepository, oci: FluxOciRepository): void {
  const certManager = new FluxHelmRelease(chart, 'cert-manager', { chart: FluxHelmChart.fromArtifact(oci) });
  const elsewhere = FluxOciRepository.fromOciRepositoryName(chart, 'elsewhere-oci', 'nats', { namespace: 'nats' });
  new FluxHelmRelease(chart, 'elsewhere-chart', { chart: FluxHelmChart.fromArtifact(elsewhere), kubeConfig: FluxKubeConfig.configMap('cloud') });
  const chartOptions = { valuesFiles: ['values.yaml', 'values-production.yaml'], ignoreMissingValuesFiles: true, interval: Duration.minutes(10), metadata: commonMetadata };
  const nats = new FluxHelmRelease(chart, 'nats', {
    ...common,
    chart: FluxHelmChart.fromRepository(charts, 'nats', '1.x', { ...chartOptions, verification: FluxOciVerification.notation('notation') }),
    values: { config: { cluster: { replicas: 3 } } },
    valuesFrom: [
      FluxHelmValues.secret(SecretKey.fromName('nats-values', 'password'), { targetPath: 'auth.users[0].password', literal: true }),
      FluxHelmValues.configMap('nats-values', 'values.yaml', { optional: true }),
    ],
    releaseName: 'nats',
    targetNamespace: 'messaging',
    storageNamespace: 'flux-system',
    serviceAccountName: 'helm',
    install: {
      timeout: Duration.hours(1),
      disableHooks: true,
      disableWait: true,
      disableWaitForJobs: true,
      crds: FluxHelmCrds.CREATE,
      disableOpenApiValidation: true,
      disableSchemaValidation: true,
      disableTakeOwnership: true,
      createNamespace: true,
      replace: true,
      serverSideApply: true,
      onFailure: FluxHelmFailure.remediate(2, { remediateLastFailure: true, ignoreTestFailures: true }),
    },
    upgrade: {
      timeout: Duration.hours(1),
      disableHooks: true,
      disableWait: false,
      disableWaitForJobs: true,
      crds: FluxHelmCrds.SKIP,
      disableOpenApiValidation: true,
      disableSchemaValidation: true,
      disableTakeOwnership: true,
      onChartNameChange: FluxChartNameChange.IN_PLACE_UPDATE,
      cleanupOnFail: true,
      force: true,
      preserveValues: true,
      serverSideApply: FluxHelmServerSideApply.ENABLED,
      onFailure: FluxHelmFailure.remediate(-1, { remediateLastFailure: false, ignoreTestFailures: true, uninstall: true }),
    },
    rollback: {
      timeout: Duration.hours(1),
      disableHooks: true,
      disableWait: true,
      disableWaitForJobs: true,
      cleanupOnFail: true,
      force: true,
      serverSideApply: FluxHelmServerSideApply.AUTO,
    },
    uninstall: {
      timeout: Duration.hours(1), disableHooks: true, disableWait: true, deletionPropagation: FluxDeletionPropagation.FOREGROUND, keepHistory: true,
    },
    test: { only: ['ping'], except: ['slow'], ignoreFailures: true, timeout: Duration.minutes(1) },
    driftDetection: { mode: FluxDriftMode.ENABLED, ignore },
    healthExpressions: [FluxHealthExpression.of({ apiVersion: 'example.com/v1', kind: 'Shop', current: 'true', inProgress: 'false', failed: 'false' })],
    waitStrategy: FluxHelmWaitStrategy.POLLER,
    postRenderers: [{ patches, images }],
    postRenderStrategy: FluxPostRenderStrategy.SEPARATE,
    commonMetadata,
    maxHistory: 0,
    persistentClient: false,
    kubeConfig: FluxKubeConfig.secret(SecretKey.fromName('other-cluster', 'value.yaml')),
  });
  nats.addDependency(certManager, { readyExpression: 'true' });
  nats.addDependency(FluxHelmRelease.fromHelmReleaseName(chart, 'monitoring', 'monitoring', { namespace: 'monitoring' }));
  new FluxHelmRelease(chart, 'shop-chart', {
    chart: FluxHelmChart.fromDirectory(git, './charts/shop', { ...chartOptions, reconcileStrategy: FluxChartReconcileStrategy.REVISION }),
    install: { onFailure: FluxHelmFailure.retry(Duration.minutes(2)) },
    upgrade: { onFailure: FluxHelmFailure.retry(Duration.minutes(3)) },
  });
  new FluxHelmRelease(chart, 'elsewhere-repository', {
    chart: FluxHelmChart.fromRepository(FluxHelmRepository.fromHelmRepositoryName(chart, 'elsewhere-charts', 'charts', { namespace: 'charts' }), 'nats', '1.2.3'),
  });
}
