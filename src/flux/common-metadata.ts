import { Broken, broken } from '../core/broken';
import { NAME_INVALID } from '../core/kube-object';
import { isLabelValue } from '../core/names';

/** Labels and annotations that all objects get. */
export interface FluxCommonMetadata {
  /**
   * Labels. A value that Kubernetes does not allow throws.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations.
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
}

export function commonMetadataMistakes({ labels = {} }: FluxCommonMetadata = {}): Broken[] {
  return Object.entries(labels).flatMap(([label, value]) => broken(NAME_INVALID, !isLabelValue(value), {
    what: `commonMetadata.labels has ${label}: '${value}'`, allowed: 'at most 63 letters, digits, -, _ and ., beginning and ending with a letter or digit',
  }));
}
