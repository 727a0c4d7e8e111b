import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { describeMistake } from '../../core/mistake';
import { SecretKey } from '../../core/secret-key';

/** An environment variable of the server's container, besides those that the cluster sets itself. */
export class EnvVariable {
  /** A variable with a value; not for secrets. */
  public static of(name: string, value: string): EnvVariable {
    return new EnvVariable(name, { name, value });
  }

  /** A variable with the value of a Secret's key, as it is. Configuration refers to secrets without it: give a `SecretKey` to the option. */
  public static fromSecret(name: string, secret: SecretKey): EnvVariable {
    return new EnvVariable(name, { name, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } }, secret);
  }

  /** A variable with a field of the pod, such as `status.podIP`. */
  public static fromField(name: string, fieldPath: string): EnvVariable {
    return new EnvVariable(name, { name, valueFrom: { fieldRef: { fieldPath } } });
  }

  private constructor(
    /** Name of the variable. */
    public readonly variableName: string,
    /** @internal */ public readonly _env: k8s.EnvVar,
    /** @internal */ public readonly _secret?: SecretKey,
  ) {
    if (!/^[A-Za-z_]\w*$/.test(variableName)) {
      throw new Error(describeMistake({ what: `the environment variable '${variableName}' has an invalid name`, allowed: 'letters, digits and _, not beginning with a digit' }));
    }
  }
}
