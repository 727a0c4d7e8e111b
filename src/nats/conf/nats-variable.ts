import { describeMistake } from '../../core/mistake';

/**
 * A variable of nats.conf, as a value in `extraConfig`: nats-server puts in its place what an environment variable of the server's
 * container holds.
 *
 * The server reads that text as configuration: a bare `12345678` is a number and `true` a boolean. Text that must stay text
 * therefore carries its own quotes inside the variable.
 *
 * @see https://docs.nats.io/running-a-nats-service/configuration#variables
 */
export class NatsVariable {
  /**
   * The variable of this name. A name that no environment variable can have throws.
   *
   * @param name letters, digits and `_`, not beginning with a digit, without the `$`
   */
  public static of(name: string): NatsVariable {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new Error(describeMistake({
        what: `'${name}' is not the name of a variable`,
        allowed: 'letters, digits and _, not beginning with a digit',
        fix: 'give the name without $ or braces; nats.conf cannot put a variable inside a longer text',
      }));
    }
    return new NatsVariable(name);
  }

  private constructor(
    /** Name of the variable, without the `$`. */
    public readonly name: string,
  ) {}
}
