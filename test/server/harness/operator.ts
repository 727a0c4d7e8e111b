import { nkeys } from '@nats-io/transport-node';

/** The JWTs of an operator and its accounts, without any limits, for servers in operator mode. */
export class Operator {
  public readonly jwt: string;
  private readonly key = nkeys.createOperator();

  constructor() {
    this.jwt = this.signed(this.key.getPublicKey(), { type: 'operator' });
  }

  /** A new account: its public key and its JWT. */
  public account(): { readonly publicKey: string; readonly jwt: string } {
    const publicKey = nkeys.createAccount().getPublicKey();
    const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
    return { publicKey, jwt: this.signed(publicKey, { type: 'account', limits }) };
  }

  private signed(subject: string, nats: object): string {
    const claims = { iss: this.key.getPublicKey(), sub: subject, iat: 0, nats: { version: 2, ...nats } };
    const text = [{ typ: 'JWT', alg: 'ed25519-nkey' }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
    return `${text}.${base64url(this.key.sign(Buffer.from(text)))}`;
  }
}

function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
