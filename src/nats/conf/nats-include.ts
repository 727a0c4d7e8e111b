import { describeMistake } from '../../core/mistake';

/**
 * A file that nats-server reads into its configuration, as a value in `extraConfig` under any key: `{ include: NatsInclude.file('auth.conf') }`,
 * or a list of files under one key.
 *
 * Its options become options of the block in which it stands. What the block itself says wins over them.
 *
 * @see https://docs.nats.io/running-a-nats-service/configuration#include-directive
 */
export class NatsInclude {
  /**
   * The file at this path. An absolute path throws, because the server looks for every file below the folder of the one that includes it.
   *
   * @param relativePath path from the folder of the including file
   */
  public static file(relativePath: string): NatsInclude {
    // The server knows no escapes in the name of an included file.
    if (relativePath === '' || relativePath.startsWith('/') || /["\\\p{Cc}]/u.test(relativePath)) {
      throw new Error(describeMistake({
        what: `nats.conf cannot include '${relativePath}'`,
        allowed: 'a path relative to the folder of the including file, without quotes, backslashes and control characters',
        fix: 'mount the file beside nats.conf or below it, and give its path from there',
      }));
    }
    return new NatsInclude(relativePath);
  }

  private constructor(
    /** Path from the folder of the including file. */
    public readonly relativePath: string,
  ) {}
}
