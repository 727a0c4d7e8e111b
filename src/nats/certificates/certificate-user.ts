import { CertificateProps } from '../../certificates/certificate-props';

/** What of a certificate says whom it names. */
type Names = Pick<CertificateProps, 'emailAddresses' | 'dnsNames' | 'uris' | 'commonName' | 'subject' | 'literalSubject'>;

/** The names in a certificate, in the order in which nats-server looks for a user of one of them. */
export function namesIn({ emailAddresses = [], dnsNames = [], uris = [], ...subject }: Names): string[] {
  const name = subject.literalSubject ?? distinguishedName(subject);
  return [...emailAddresses, ...dnsNames, ...uris, ...name ? [name] : []];
}

/** The user, by what each logs in as, to whom nats-server maps a certificate. Attributes of a distinguished name may stand in any order. */
export function userNamedBy(certificate: Names, identities: string[]): string | undefined {
  const users = new Map(identities.map((identity) => [inOrder(identity), identity]));
  return namesIn(certificate).map((name) => users.get(inOrder(name))).find((user) => user !== undefined);
}

function distinguishedName({ commonName, subject = {} }: Names): string {
  const { organizations, organizationalUnits, localities, provinces, streetAddresses, postalCodes, countries, serialNumber } = subject;
  const attributes: [type: string, values: (string | undefined)[] | undefined][] = [
    ['SERIALNUMBER', [serialNumber]], ['CN', [commonName]], ['OU', organizationalUnits], ['O', organizations], ['POSTALCODE', postalCodes], ['STREET', streetAddresses],
    ['L', localities], ['ST', provinces], ['C', countries],
  ];
  return attributes.flatMap(([type, values = []]) => values.flatMap((value) => value === undefined ? [] : `${type}=${escaped(value)}`)).join(',');
}

/** As RFC 2253 writes it. */
function escaped(value: string): string {
  return value.replace(/[,+"\\<>;]/g, '\\$&');
}

/** A distinguished name with its attributes in one order; any other name as it is. */
function inOrder(name: string): string {
  if (!/^[A-Za-z][\w.-]*=/.test(name)) return name;
  const attributes = name.match(/([^,+\\]|\\.)+/g) ?? [];
  return attributes.map((attribute) => attribute.trim().replace(/^[^=]*/, (type) => type.toUpperCase())).sort().join(',');
}
