import { renderOutputs } from './keystores';
import { renderLifetime } from './lifetime';
import { renderPrivateKey } from './private-key';
import * as certManager from '../../../imports/cert-manager.io';
import { wire } from '../../core/wire';
import { CertificateState } from '../certificate-state';

/** The spec of a Certificate; what is left out is cert-manager's default. */
export function renderCertificate({ secretName, props }: CertificateState): certManager.CertificateSpec {
  const { issuer, usages, privateKey } = props;
  return {
    secretName,
    issuerRef: { name: issuer.issuerName, kind: issuer.issuerKind, group: issuer.issuerGroup },
    commonName: props.commonName,
    subject: props.subject,
    literalSubject: props.literalSubject,
    dnsNames: props.dnsNames,
    ipAddresses: props.ipAddresses,
    uris: props.uris,
    emailAddresses: props.emailAddresses,
    otherNames: props.otherNames,
    ...renderLifetime(props),
    renewal: props.renewal?._render(),
    usages: usages?.map((usage) => wire<certManager.CertificateSpecUsages>(usage)!),
    encodeUsagesInRequest: props.encodeUsagesInRequest,
    isCa: props.isCa,
    nameConstraints: props.nameConstraints,
    privateKey: privateKey && renderPrivateKey(privateKey),
    signatureAlgorithm: wire(props.signatureAlgorithm),
    secretTemplate: props.secretTemplate,
    ...renderOutputs(props),
    revisionHistoryLimit: props.revisionHistoryLimit,
  };
}
