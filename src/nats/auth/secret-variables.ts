import { createHash } from 'crypto';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { SecretKey } from '../../core/secret-key';
import { NatsVariable } from '../conf/nats-variable';

/** What a value must look like to reach the server unharmed, in words for whoever makes the Secret. */
export const SECRET_VALUE = 'not empty, no single quote, no newline at the end';

/**
 * The secrets that reach the server as environment variables.
 *
 * nats-server reads the text of a variable as configuration: a bare `12345678` is a number and stops the server. The variable holds the
 * value in single quotes, inside which the server takes every character as it is but the quote itself.
 */
export class SecretVariables {
  private readonly secrets = new Map<string, SecretKey>();
  /** Variables of those that also stand in a URL. */
  private readonly inUrls = new Set<string>();
  /** The texts of the URLs with a password, by their variables. */
  private readonly urls = new Map<string, string>();

  /** The variable that stands for a secret in nats.conf; one secret has one variable, however often it is used. */
  public variableFor(secret: SecretKey): NatsVariable {
    const name = variableName(secret);
    this.secrets.set(name, secret);
    return NatsVariable.of(name);
  }

  /** The variable of a secret that other servers have in their URLs, so that it is one which they can have there. */
  public urlSafeVariableFor(secret: SecretKey): NatsVariable {
    const variable = this.variableFor(secret);
    this.inUrls.add(variable.name);
    return variable;
  }

  /** The variable that stands for a URL with a user and a password: nats.conf cannot put a variable inside a text. */
  public urlWith(url: string, user: string, password: SecretKey): NatsVariable {
    const raw = `$(${this.urlSafeVariableFor(password).name}_RAW)`;
    const text = url.replace('://', `://${user}:${raw}@`);
    const name = `URL_${createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()}`;
    this.urls.set(name, text);
    return NatsVariable.of(name);
  }

  /** The environment of the server's container: each secret as it is, then in quotes, then the URLs that hold one. */
  public env(): k8s.EnvVar[] {
    return [
      ...this.sorted().flatMap(([name, secret]) => [
        { name: `${name}_RAW`, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } },
        { name, value: `'$(${name}_RAW)'` },
      ]),
      ...[...this.urls].sort(([a], [b]) => a < b ? -1 : 1).map(([name, text]) => ({ name, value: `'${text}'` })),
    ];
  }

  /** Lines of a shell script that call `check VALUE NAME` for each secret, or `check_url VALUE NAME` for one that stands in a URL. */
  public checks(): string[] {
    return this.sorted().map(([name, secret]) =>
      `${this.inUrls.has(name) ? 'check_url' : 'check'} "$${name}_RAW" 'key ${secret.key} of Secret ${secret.secretName}'`);
  }

  private sorted(): [string, SecretKey][] {
    return [...this.secrets].sort(([a], [b]) => a < b ? -1 : 1);
  }
}

/** A name that tells the Secret and key, and a hash of them, because `a-b` and `a.b` read the same in upper case. */
function variableName({ secretName, key }: SecretKey): string {
  const readable = `${secretName}_${key}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const hash = createHash('sha256').update(`${secretName}/${key}`).digest('hex').slice(0, 6).toUpperCase();
  return `SECRET_${readable}_${hash}`;
}
