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

  /** The variable that stands for a secret in nats.conf; one secret has one variable, however often it is used. */
  public variableFor(secret: SecretKey): NatsVariable {
    const name = variableName(secret);
    this.secrets.set(name, secret);
    return NatsVariable.of(name);
  }

  /** The environment of the server's container: each secret as it is, then in quotes. */
  public env(): k8s.EnvVar[] {
    return this.sorted().flatMap(([name, secret]) => [
      { name: `${name}_RAW`, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } },
      { name, value: `'$(${name}_RAW)'` },
    ]);
  }

  /** Lines of a shell script that call `check VALUE NAME` for each secret. */
  public checks(): string[] {
    return this.sorted().map(([name, secret]) => `check "$${name}_RAW" 'key ${secret.key} of Secret ${secret.secretName}'`);
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
