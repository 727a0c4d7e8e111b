/**
 * What many teams do not want to read, by patterns that its messages have. Whatever is filtered is gone: nobody is told of it another time.
 * @see https://fluxcd.io/flux/components/notification/alerts/#event-exclusion
 */
export class NoiseFilter {
  /**
   * A Kustomization or HelmRelease waits for another, and looks again soon. These have the severity info. That a dependency of a HelmRelease does not
   * exist is not filtered; of a Kustomization, Flux says the same in both cases.
   */
  public static dependencyWaits(): NoiseFilter {
    return new NoiseFilter(['^Dependencies do not meet ready condition', '^dependency \'[^\']+\' is not ready']);
  }

  /** Somebody else has changed an object between reading and writing; Flux tries again at once. */
  public static conflicts(): NoiseFilter {
    return new NoiseFilter(['the object has been modified; please apply your changes to the latest version']);
  }

  /**
   * The network or a name server did not answer. Flux tries again, but a registry, a Git server or a webhook that is down for long is not
   * reported either: use it only where something else watches them.
   */
  public static network(): NoiseFilter {
    return new NoiseFilter(['i/o timeout|server misbehaving|connection refused|connection reset by peer|TLS handshake timeout|waiting.*socket']);
  }

  /** A check of health ended because something newer arrived. These have the severity info. */
  public static supersededHealthChecks(): NoiseFilter {
    return new NoiseFilter(['^Health checks canceled due to new reconciliation']);
  }

  private constructor(/** @internal */ public readonly _patterns: string[]) {}
}
