import { App, Chart, Testing } from 'cdk8s';
import { accepted } from './examples';
import { rendered } from './issuer-examples';
import { Certificate, CertificateAuthority, CertificateIssuer, TrustBundle, TrustSource, Rules, SchemaCheck } from '../../src';

test('a chart with one of everything passes the schemas of the CRDs, and no rule has anything against it', () => {
  const chart = new Chart(new App(), 'test', { namespace: 'messaging' });
  SchemaCheck.enable(chart);
  Rules.strict(chart);
  const authority = new CertificateAuthority(chart, 'ca', { clusterWide: true });
  new TrustBundle(chart, 'trust', { sources: [TrustSource.authority(authority)] });
  accepted.forEach(([, content], index) => new Certificate(chart, `certificate-${index}`, { issuer: authority.issuer, ...content }));
  rendered.forEach(([, type], index) => {
    new CertificateIssuer(chart, `issuer-${index}`, { type });
    new CertificateIssuer(chart, `cluster-issuer-${index}`, { type, clusterWide: true });
  });
  const kinds = Testing.synth(chart).map(({ kind }) => kind);
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  expect([count('Certificate'), count('Issuer'), count('ClusterIssuer'), count('Bundle')]).toEqual([accepted.length + 1, rendered.length + 1, rendered.length + 1, 1]);
});
