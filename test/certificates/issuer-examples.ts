import { Duration } from 'cdk8s';
import { SOME_CA } from './some-ca';
import {
  AcmeOptions, AcmeServiceType, AcmeSolver, AzureDnsCredentials, AzureDnsEnvironment, AzureDnsZoneType, CaBundle, Dns01Provider,
  IssuerType, Rfc2136Protocol, Route53Credentials, TsigAlgorithm, VaultAuth, VenafiPlatform,
  SecretKey,
} from '../../src';

const SOME_CA_BASE64 = Buffer.from(SOME_CA).toString('base64');

export const key = (name: string) => SecretKey.fromName(`${name}-secret`, name);
export const ref = (name: string) => ({ name: `${name}-secret`, key: name });

const server = 'https://acme.example.com/directory';
const ingress = AcmeSolver.http01IngressClass('nginx');
export const acme = (options: Partial<AcmeOptions> = {}) => IssuerType.acme({ server, solvers: [ingress], ...options });
export const solving = (...solvers: AcmeSolver[]) => acme({ solvers });
export const byDns = (provider: Dns01Provider) => solving(AcmeSolver.dns01(provider));
export const vault = (auth: VaultAuth = VaultAuth.token(key('token'))) => IssuerType.vault({ server: 'https://vault.example.com:8200', path: 'pki/sign/nats', auth });

const account = { privateKeySecretRef: { name: 'signer-account', key: 'tls.key' } };
const acmeSpec = (...solvers: object[]) => ({ acme: { server, ...account, solvers } });
const dnsSpec = (dns01: object) => acmeSpec({ dns01 });
export const vaultSpec = (auth: object) => ({ vault: { server: 'https://vault.example.com:8200', path: 'pki/sign/nats', auth } });

/** What an issuer named signer renders. */
export const rendered: [what: string, type: IssuerType, spec: object][] = [
  ['self-signed', IssuerType.selfSigned(), { selfSigned: {} }],
  ['self-signed with a CRL', IssuerType.selfSigned({ crlDistributionPoints: ['http://pki.example.com/crl'] }), { selfSigned: { crlDistributionPoints: ['http://pki.example.com/crl'] } }],
  ['a CA', IssuerType.ca('ca'), { ca: { secretName: 'ca' } }],
  ['a CA with all that it writes', IssuerType.ca('ca', {
    crlDistributionPoints: ['http://pki.example.com/crl'], ocspServers: ['http://pki.example.com/ocsp'], issuingCertificateUrls: ['http://pki.example.com/ca.crt'],
  }), {
    ca: {
      secretName: 'ca',
      crlDistributionPoints: ['http://pki.example.com/crl'],
      ocspServers: ['http://pki.example.com/ocsp'],
      issuingCertificateURLs: ['http://pki.example.com/ca.crt'],
    },
  }],
  ['ACME', acme(), acmeSpec({ http01: { ingress: { ingressClassName: 'nginx' } } })],
  ['ACME with all that can be said', acme({
    email: 'ops@example.com',
    accountKey: key('account'),
    useExistingAccount: true,
    externalAccount: { keyId: 'id', key: key('eab') },
    preferredChain: 'ISRG Root X1',
    profile: 'shortlived',
    requestDuration: true,
    caBundle: SOME_CA,
  }), {
    acme: {
      server,
      email: 'ops@example.com',
      privateKeySecretRef: ref('account'),
      disableAccountKeyGeneration: true,
      externalAccountBinding: { keyID: 'id', keySecretRef: ref('eab') },
      preferredChain: 'ISRG Root X1',
      profile: 'shortlived',
      enableDurationFeature: true,
      caBundle: SOME_CA_BASE64,
      solvers: [{ http01: { ingress: { ingressClassName: 'nginx' } } }],
    },
  }],
  ['ACME whose account stands for the names', IssuerType.acme({ server, externalAccount: { keyId: 'id', key: key('eab') } }),
    { acme: { server, ...account, externalAccountBinding: { keyID: 'id', keySecretRef: ref('eab') } } }],
  ['several solvers with selectors', solving(
    AcmeSolver.http01IngressName('web', { selector: { dnsNames: ['example.com'] } }),
    AcmeSolver.http01IngressAnnotation('azure/application-gateway', { selector: { dnsZones: ['example.org'], matchLabels: { solver: 'http' } } }),
    AcmeSolver.dns01(Dns01Provider.digitalOcean(key('do')), { followCnames: true, waitInsteadOfSelfCheck: Duration.seconds(90) }),
  ), acmeSpec(
    { http01: { ingress: { name: 'web' } }, selector: { dnsNames: ['example.com'] } },
    { http01: { ingress: { class: 'azure/application-gateway' } }, selector: { dnsZones: ['example.org'], matchLabels: { solver: 'http' } } },
    { dns01: { digitalocean: { tokenSecretRef: ref('do') }, cnameStrategy: 'Follow' }, waitInsteadOfSelfCheck: '1m30s' },
  )],
  ['an Ingress with all that can be said', solving(AcmeSolver.http01IngressClass('nginx', {
    serviceType: AcmeServiceType.CLUSTER_IP,
    ingressLabels: { a: 'b' },
    ingressAnnotations: { 'example.com/c': 'd' },
    solverPod: {
      labels: { e: 'f' }, annotations: { 'example.com/g': 'h' }, nodeSelector: { 'kubernetes.io/os': 'linux' }, priorityClassName: 'low', serviceAccountName: 'solver', imagePullSecrets: ['registry'],
    },
    waitInsteadOfSelfCheck: Duration.seconds(0),
  })), acmeSpec({
    http01: {
      ingress: {
        ingressClassName: 'nginx',
        serviceType: 'ClusterIP',
        ingressTemplate: { metadata: { labels: { a: 'b' }, annotations: { 'example.com/c': 'd' } } },
        podTemplate: {
          metadata: { labels: { e: 'f' }, annotations: { 'example.com/g': 'h' } },
          spec: { nodeSelector: { 'kubernetes.io/os': 'linux' }, priorityClassName: 'low', serviceAccountName: 'solver', imagePullSecrets: [{ name: 'registry' }] },
        },
      },
    },
    waitInsteadOfSelfCheck: '0s',
  })],
  ['Gateways', solving(AcmeSolver.http01Gateway([{ name: 'web' }, { name: 'edge', namespace: 'ingress', sectionName: 'http', port: 80 }], {
    serviceType: AcmeServiceType.NODE_PORT, routeLabels: { a: 'b' }, solverPod: { labels: { e: 'f' } },
  })), acmeSpec({
    http01: {
      gatewayHTTPRoute: {
        parentRefs: [
          { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' },
          { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'ingress', sectionName: 'http', port: 80 },
        ],
        serviceType: 'NodePort',
        labels: { a: 'b' },
        podTemplate: { metadata: { labels: { e: 'f' } } },
      },
    },
  })],
  ['Route 53 with the pod\'s credentials', byDns(Dns01Provider.route53()), dnsSpec({ route53: {} })],
  ['Route 53 with an access key', byDns(Dns01Provider.route53({
    credentials: Route53Credentials.accessKey('AKIA', key('aws')), region: 'eu-central-1', hostedZoneId: 'Z1', role: 'arn:aws:iam::1:role/dns',
  })), dnsSpec({ route53: { accessKeyID: 'AKIA', secretAccessKeySecretRef: ref('aws'), region: 'eu-central-1', hostedZoneID: 'Z1', role: 'arn:aws:iam::1:role/dns' } })],
  ['Route 53 with an access key in Secrets', byDns(Dns01Provider.route53({ credentials: Route53Credentials.accessKeyFromSecret(key('id'), key('aws')) })),
    dnsSpec({ route53: { accessKeyIDSecretRef: ref('id'), secretAccessKeySecretRef: ref('aws') } })],
  ['Route 53 with a ServiceAccount', byDns(Dns01Provider.route53({ credentials: Route53Credentials.serviceAccount('dns', ['sts']), role: 'arn:aws:iam::1:role/dns' })),
    dnsSpec({ route53: { auth: { kubernetes: { serviceAccountRef: { name: 'dns', audiences: ['sts'] } } }, role: 'arn:aws:iam::1:role/dns' } })],
  ['Cloudflare with a token', byDns(Dns01Provider.cloudflareToken(key('cf'))), dnsSpec({ cloudflare: { apiTokenSecretRef: ref('cf') } })],
  ['Cloudflare with a key', byDns(Dns01Provider.cloudflareKey('ops@example.com', key('cf'))), dnsSpec({ cloudflare: { email: 'ops@example.com', apiKeySecretRef: ref('cf') } })],
  ['Cloud DNS', byDns(Dns01Provider.cloudDns({ project: 'shop', serviceAccount: key('gcp'), hostedZoneName: 'zone' })),
    dnsSpec({ cloudDNS: { project: 'shop', serviceAccountSecretRef: ref('gcp'), hostedZoneName: 'zone' } })],
  ['Azure DNS with the pod\'s identity', byDns(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'r' })), dnsSpec({ azureDNS: { subscriptionID: 's', resourceGroupName: 'r' } })],
  ['Azure DNS with a service principal', byDns(Dns01Provider.azureDns({
    subscriptionId: 's',
    resourceGroupName: 'r',
    hostedZoneName: 'example.com',
    environment: AzureDnsEnvironment.CHINA,
    zoneType: AzureDnsZoneType.PRIVATE,
    credentials: AzureDnsCredentials.servicePrincipal('t', 'c', key('azure')),
  })), dnsSpec({
    azureDNS: {
      subscriptionID: 's',
      resourceGroupName: 'r',
      hostedZoneName: 'example.com',
      environment: 'AzureChinaCloud',
      zoneType: 'AzurePrivateZone',
      tenantID: 't',
      clientID: 'c',
      clientSecretSecretRef: ref('azure'),
    },
  })],
  ['Azure DNS with a managed identity', byDns(Dns01Provider.azureDns({
    subscriptionId: 's', resourceGroupName: 'r', credentials: AzureDnsCredentials.managedIdentity({ clientId: 'c', tenantId: 't' }),
  })), dnsSpec({ azureDNS: { subscriptionID: 's', resourceGroupName: 'r', managedIdentity: { clientID: 'c', tenantID: 't' } } })],
  ['acme-dns', byDns(Dns01Provider.acmeDns('https://dns.example.com', key('acme-dns'))), dnsSpec({ acmeDNS: { host: 'https://dns.example.com', accountSecretRef: ref('acme-dns') } })],
  ['RFC 2136 without a key', byDns(Dns01Provider.rfc2136({ nameserver: '10.0.0.53' })), dnsSpec({ rfc2136: { nameserver: '10.0.0.53' } })],
  ['RFC 2136', byDns(Dns01Provider.rfc2136({ nameserver: '[2001:db8::53]:53', tsigKey: { name: 'acme', secret: key('tsig') }, protocol: Rfc2136Protocol.TCP })),
    dnsSpec({ rfc2136: { nameserver: '[2001:db8::53]:53', tsigKeyName: 'acme', tsigSecretSecretRef: ref('tsig'), tsigAlgorithm: 'HMACSHA256', protocol: 'TCP' } })],
  ['RFC 2136 with another algorithm', byDns(Dns01Provider.rfc2136({ nameserver: 'ns.example.com', tsigKey: { name: 'acme', secret: key('tsig'), algorithm: TsigAlgorithm.HMAC_SHA512 } })),
    dnsSpec({ rfc2136: { nameserver: 'ns.example.com', tsigKeyName: 'acme', tsigSecretSecretRef: ref('tsig'), tsigAlgorithm: 'HMACSHA512' } })],
  ['Akamai', byDns(Dns01Provider.akamai({ serviceConsumerDomain: 'akamai.example.com', clientToken: key('ct'), clientSecret: key('cs'), accessToken: key('at') })),
    dnsSpec({ akamai: { serviceConsumerDomain: 'akamai.example.com', clientTokenSecretRef: ref('ct'), clientSecretSecretRef: ref('cs'), accessTokenSecretRef: ref('at') } })],
  ['a webhook', byDns(Dns01Provider.webhook({ groupName: 'acme.example.com', solverName: 'hetzner', config: { zoneName: 'example.com', ttl: 60 } })),
    dnsSpec({ webhook: { groupName: 'acme.example.com', solverName: 'hetzner', config: { zoneName: 'example.com', ttl: 60 } } })],
  ['Vault with a token', vault(), vaultSpec({ tokenSecretRef: ref('token') })],
  ['Vault with all that can be said', IssuerType.vault({
    server: 'https://vault.example.com:8200',
    path: 'pki/sign/nats',
    auth: VaultAuth.token(key('token')),
    namespace: 'shop',
    serverName: 'vault',
    caBundle: CaBundle.fromSecret(key('ca')),
    clientTls: { certificate: key('tls.crt'), privateKey: key('tls.key') },
  }), {
    vault: {
      server: 'https://vault.example.com:8200',
      path: 'pki/sign/nats',
      auth: { tokenSecretRef: ref('token') },
      namespace: 'shop',
      serverName: 'vault',
      caBundleSecretRef: ref('ca'),
      clientCertSecretRef: ref('tls.crt'),
      clientKeySecretRef: ref('tls.key'),
    },
  }],
  ['Vault without TLS', IssuerType.vault({ server: 'http://vault.vault.svc:8200', path: 'pki/sign/nats', auth: VaultAuth.token(key('token')), caBundle: CaBundle.pem(SOME_CA) }),
    { vault: { server: 'http://vault.vault.svc:8200', path: 'pki/sign/nats', auth: { tokenSecretRef: ref('token') }, caBundle: SOME_CA_BASE64 } }],
  ['Vault with an AppRole', vault(VaultAuth.appRole('role', key('id'))), vaultSpec({ appRole: { path: 'approle', roleId: 'role', secretRef: ref('id') } })],
  ['Vault with a client certificate', vault(VaultAuth.clientCertificate('client', { role: 'nats', mountPath: '/v1/auth/mine' })),
    vaultSpec({ clientCertificate: { secretName: 'client', name: 'nats', mountPath: '/v1/auth/mine' } })],
  ['Vault with a ServiceAccount', vault(VaultAuth.kubernetes('nats', 'vault-issuer', { mountPath: '/v1/auth/k8s', audiences: ['vault'] })),
    vaultSpec({ kubernetes: { role: 'nats', mountPath: '/v1/auth/k8s', serviceAccountRef: { name: 'vault-issuer', audiences: ['vault'] } } })],
  ['Vault with the token of a ServiceAccount', vault(VaultAuth.kubernetesToken('nats', key('sa'))), vaultSpec({ kubernetes: { role: 'nats', secretRef: ref('sa') } })],
  ['Vault by AWS', vault(VaultAuth.aws('nats', { mountPath: '/v1/auth/aws', region: 'eu-central-1', serviceAccountName: 'irsa', iamRoleArn: 'arn:aws:iam::1:role/v', headerValue: 'vault' })),
    vaultSpec({ aws: { role: 'nats', mountPath: '/v1/auth/aws', region: 'eu-central-1', serviceAccountRef: { name: 'irsa' }, iamRoleArn: 'arn:aws:iam::1:role/v', vaultHeaderValue: 'vault' } })],
  ['TPP', IssuerType.venafi('shop\\nats', VenafiPlatform.tpp('https://tpp.example.com/vedsdk', 'tpp', CaBundle.pem(SOME_CA))),
    { venafi: { zone: 'shop\\nats', tpp: { url: 'https://tpp.example.com/vedsdk', credentialsRef: { name: 'tpp' }, caBundle: SOME_CA_BASE64 } } }],
  ['the cloud', IssuerType.venafi('shop', VenafiPlatform.cloud(key('api'), 'https://api.venafi.eu/')), { venafi: { zone: 'shop', cloud: { url: 'https://api.venafi.eu/', apiTokenSecretRef: ref('api') } } }],
  ['NGTS', IssuerType.venafi('shop', VenafiPlatform.ngts('42', 'ngts', { url: 'https://api.example.com/ngts', tokenEndpoint: 'https://auth.example.com/token' })),
    { venafi: { zone: 'shop', ngts: { tsgID: '42', credentialsRef: { name: 'ngts' }, url: 'https://api.example.com/ngts', tokenEndpoint: 'https://auth.example.com/token' } } }],
];

const longName = 'n'.repeat(65);

/** What throws, with its message, and cert-manager's webhook refuses it too. */
export const refusedByWebhook: [what: string, type: IssuerType, message: string][] = [
  ['a CA without a Secret', IssuerType.ca(''), '[test/signer] secretName of the CA is no name of a Secret; allowed: at most 253 lower-case letters'],
  ['ACME nowhere', acme({ server: '' }), "server is ''"],
  ['an external account without an id', acme({ externalAccount: { keyId: '', key: key('eab') } }), 'externalAccount.keyId is empty; allowed: a text'],
  ['a server verified and not', acme({ caBundle: SOME_CA, skipTlsVerify: true }), 'caBundle and skipTlsVerify are both given; allowed: one of them; fix: leave skipTlsVerify out'],
  ['a bundle without certificates', acme({ caBundle: 'none' }), '[test/signer] caBundle has no certificate; allowed: one or more blocks -----BEGIN CERTIFICATE----- [CERT-CA-BUNDLE]'],
  ['a class that is no name', solving(AcmeSolver.http01IngressClass('azure/application-gateway')), "[test/signer] ingressClassName is 'azure/application-gateway'; allowed: at most 253 lower-case letters"],
  ['a Gateway that is no name', solving(AcmeSolver.http01Gateway([{ name: '' }])), "Gateway or listener '' is no name"],
  ['Cloudflare without an address', byDns(Dns01Provider.cloudflareKey('', key('cf'))), 'email of Cloudflare is empty'],
  ['Cloud DNS without a project', byDns(Dns01Provider.cloudDns({ project: '' })), 'project of Cloud DNS is empty'],
  ['Azure DNS without a subscription', byDns(Dns01Provider.azureDns({ subscriptionId: '', resourceGroupName: 'r' })), 'subscriptionId of Azure is empty'],
  ['Azure DNS without a group', byDns(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: '' })), 'resourceGroupName of Azure is empty'],
  ['half a service principal', byDns(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'r', credentials: AzureDnsCredentials.servicePrincipal('', 'c', key('azure')) })), 'tenantId of Azure is empty'],
  ['a managed identity said twice', byDns(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'r', credentials: AzureDnsCredentials.managedIdentity({ clientId: 'c', resourceId: 'r' }) })),
    'clientId and resourceId of a managed identity are both given'],
  ['a tenant without a client', byDns(Dns01Provider.azureDns({ subscriptionId: 's', resourceGroupName: 'r', credentials: AzureDnsCredentials.managedIdentity({ tenantId: 't' }) })),
    'tenantId of a managed identity is given without clientId'],
  ['acme-dns nowhere', byDns(Dns01Provider.acmeDns('', key('acme-dns'))), 'host of acme-dns is empty'],
  ['a DNS server nowhere', byDns(Dns01Provider.rfc2136({ nameserver: '' })), "nameserver is ''; allowed: host or host:port, with an IPv6 address in brackets"],
  ['a DNS server with too many colons', byDns(Dns01Provider.rfc2136({ nameserver: '2001:db8::1' })), "nameserver is '2001:db8::1'"],
  ['a TSIG key without a name', byDns(Dns01Provider.rfc2136({ nameserver: '10.0.0.53', tsigKey: { name: '', secret: key('tsig') } })), 'name of the TSIG key is empty'],
  ['Akamai nowhere', byDns(Dns01Provider.akamai({ serviceConsumerDomain: '', clientToken: key('ct'), clientSecret: key('cs'), accessToken: key('at') })), 'serviceConsumerDomain of Akamai is empty'],
  ['a webhook without a name', byDns(Dns01Provider.webhook({ groupName: 'acme.example.com', solverName: '' })), 'solverName of the webhook is empty'],
  ['Vault without a path', IssuerType.vault({ server: 'https://vault', path: '', auth: VaultAuth.token(key('token')) }), 'path is empty; allowed: a text'],
  ['Vault with a path upwards', IssuerType.vault({ server: 'https://vault', path: 'pki/../sys', auth: VaultAuth.token(key('token')) }), "path is 'pki/../sys'; allowed: a path without .."],
  ['an AppRole without an id', vault(VaultAuth.appRole('', key('id'))), 'roleId of the AppRole is empty'],
  ['an AppRole with a path upwards', vault(VaultAuth.appRole('role', key('id'), 'a/..')), "path of the AppRole is 'a/..'"],
  ['a mount path upwards', vault(VaultAuth.kubernetes('nats', 'sa', { mountPath: '/v1/auth/../sys' })), "mountPath is '/v1/auth/../sys'"],
  ['no role', vault(VaultAuth.kubernetesToken('', key('sa'))), 'role at Vault is empty'],
  ['no ServiceAccount', vault(VaultAuth.kubernetes('nats', '')), 'serviceAccountName for Vault is empty'],
  ['AWS without a role', vault(VaultAuth.aws('')), 'role at Vault is empty'],
  ['AWS with half a ServiceAccount', vault(VaultAuth.aws('nats', { serviceAccountName: 'irsa' })), 'serviceAccountName is given without iamRoleArn; allowed: both; fix: give the ARN'],
  ['Venafi without a zone', IssuerType.venafi('', VenafiPlatform.cloud(key('api'))), '[test/signer] zone is empty; allowed: a text [CERT-VENAFI]'],
  ['TPP nowhere', IssuerType.venafi('shop', VenafiPlatform.tpp('', 'tpp')), "url is ''"],
  ['NGTS without an id', IssuerType.venafi('shop', VenafiPlatform.ngts('', 'ngts')), 'tsgId is empty'],
];

/** What throws, with its message, and cert-manager's webhook lets it through: it fails later. */
export const refusedLater: [what: string, type: IssuerType, message: string][] = [
  ['an empty URL of a CRL', IssuerType.ca('ca', { crlDistributionPoints: [''] }), 'crlDistributionPoints has an empty URL; allowed: URLs [CERT-CA-ISSUER]'],
  ['no URL of an OCSP responder', IssuerType.ca('ca', { ocspServers: ['ocsp.example.com'] }), "ocspServers is 'ocsp.example.com'; allowed: a URL with http:// or https:// or ldap://"],
  ['no URL of a CRL', IssuerType.selfSigned({ crlDistributionPoints: ['crl'] }), "crlDistributionPoints is 'crl'"],
  ['ACME over http', acme({ server: 'http://acme.example.com' }), "[test/signer] server is 'http://acme.example.com'; allowed: a URL with https:// [CERT-ACME]"],
  ['ACME with credentials in the URL', acme({ server: 'https://me:hunter2@acme.example.com' }), 'server holds credentials (not shown here); allowed: a URL without; fix: refer to a Secret'],
  ['ACME without solvers', solving(), "[test/signer] the ACME issuer has no solvers; allowed: at least one, or an externalAccount whose names the server does not ask to prove; fix: give solvers: [AcmeSolver.http01IngressClass('<class>')] [CERT-ACME]"],
  ['an address of nobody', acme({ email: 'ops' }), "email is 'ops'; allowed: an address such as ops@example.com"],
  ['an account that exists somewhere', acme({ useExistingAccount: true }), 'useExistingAccount is true, and accountKey is not given; allowed: both; fix: give accountKey'],
  ['a chain of 65 characters', acme({ preferredChain: longName }), 'has 65 characters; allowed: at most 64'],
  ['a bundle with a broken certificate', acme({ caBundle: `${SOME_CA}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` }), 'certificate 2 of caBundle cannot be read'],
  ['an empty annotation', solving(AcmeSolver.http01IngressAnnotation('')), 'ingressClass is empty; allowed: a text [CERT-ACME-SOLVER]'],
  ['an Ingress that is no name', solving(AcmeSolver.http01IngressName('')), "ingressName is ''"],
  ['no Gateway', solving(AcmeSolver.http01Gateway([])), 'the HTTP-01 solver has no Gateway; allowed: at least one; fix: give { name:'],
  ['a Gateway of a namespace that is no name', solving(AcmeSolver.http01Gateway([{ name: 'web', namespace: 'a.b' }])), "namespace 'a.b' of Gateway 'web' is no name"],
  ['a Gateway of port 0', solving(AcmeSolver.http01Gateway([{ name: 'web', port: 0 }])), "port of Gateway 'web' is 0; allowed: a whole number from 1 to 65535"],
  ['a selected name that is none', solving(AcmeSolver.http01IngressClass('nginx', { selector: { dnsNames: ['https://a'] } })), "selector.dnsNames has 'https://a'"],
  ['a selected zone with a wildcard', solving(AcmeSolver.http01IngressClass('nginx', { selector: { dnsZones: ['*.example.com'] } })),
    "selector.dnsZones has '*.example.com'; allowed: a domain without wildcard and without a dot at the end; fix: write example.com for it and all names in it"],
  ['a negative wait', solving(AcmeSolver.dns01(Dns01Provider.route53(), { waitInsteadOfSelfCheck: Duration.millis(1500) })), 'waitInsteadOfSelfCheck is 1500 ms; allowed: whole seconds, zero or more'],
  ['half a ServiceAccount', byDns(Dns01Provider.route53({ credentials: Route53Credentials.serviceAccount('dns') })), 'Route 53 has a ServiceAccount as credentials and no role'],
  ['no access key', byDns(Dns01Provider.route53({ credentials: Route53Credentials.accessKey('', key('aws')) })), 'accessKeyId of Route 53 is empty'],
  ['a webhook without a group', byDns(Dns01Provider.webhook({ groupName: '', solverName: 'hetzner' })), 'groupName of the webhook is empty'],
  ['Vault nowhere', IssuerType.vault({ server: 'vault', path: 'pki/sign/nats', auth: VaultAuth.token(key('token')) }), "[test/signer] server is 'vault'; allowed: a URL with https:// or http:// [CERT-VAULT]"],
  ['Vault with the path of its API', IssuerType.vault({ server: 'https://vault', path: '/v1/pki/sign/nats', auth: VaultAuth.token(key('token')) }), "path is '/v1/pki/sign/nats'; allowed: mount, sign and role; fix: leave v1 out"],
  ['Vault without TLS, shown a certificate', IssuerType.vault({ server: 'http://vault', path: 'pki/sign/nats', auth: VaultAuth.clientCertificate('client') }), "server is 'http://vault', and cert-manager shows it a client certificate; allowed: https://"],
  ['an AppRole nowhere', vault(VaultAuth.appRole('role', key('id'), '')), 'path of the AppRole is empty'],
  ['a client certificate nowhere', vault(VaultAuth.clientCertificate('')), 'secretName of the client certificate is no name of a Secret'],
  ['a Vault bundle without certificates', IssuerType.vault({ server: 'https://vault', path: 'pki/sign/nats', auth: VaultAuth.token(key('token')), caBundle: CaBundle.pem('') }), 'caBundle has no certificate'],
  ['TPP without credentials', IssuerType.venafi('shop', VenafiPlatform.tpp('https://tpp.example.com', '')), 'credentialsSecretName is no name of a Secret'],
  ['the cloud over http', IssuerType.venafi('shop', VenafiPlatform.cloud(key('api'), 'http://api.venafi.eu')), "url is 'http://api.venafi.eu'; allowed: a URL with https://"],
  ['NGTS with a token from http', IssuerType.venafi('shop', VenafiPlatform.ngts('42', 'ngts', { tokenEndpoint: 'http://auth' })), "tokenEndpoint is 'http://auth'"],
];
