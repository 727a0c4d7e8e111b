import { StructuralSchema } from '../../core/schema/crd';
import { crdsOfGroup } from '../../core/schema/crd-catalog';

/** The API group of NACK's resources. */
export const NACK_GROUP = 'jetstream.nats.io';

/** The spec of a resource of NACK as the API server stores it: with the defaults of its CRD. */
export function withCrdDefaults<Spec extends object>(kind: string, spec: Spec): Spec {
  const version = crdsOfGroup(NACK_GROUP)?.find(({ spec: { names } }) => names.kind === kind)?.spec.versions.find(({ served }) => served);
  const properties = propertiesOf(version?.schema?.openAPIV3Schema);
  return withDefaults(properties.spec, spec) as Spec;
}

function withDefaults(schema: StructuralSchema | undefined, value: unknown): unknown {
  if (value === undefined) return schema?.default;
  if (Array.isArray(value)) return value.map((item) => withDefaults(schema?.items as StructuralSchema, item));
  if (typeof value !== 'object' || value === null) return value;
  const given: { [field: string]: unknown } = { ...value };
  for (const [field, fieldSchema] of Object.entries(propertiesOf(schema))) {
    const filled = withDefaults(fieldSchema, given[field]);
    if (filled !== undefined) given[field] = filled;
  }
  return given;
}

function propertiesOf(schema: StructuralSchema | undefined): { [field: string]: StructuralSchema } {
  return (schema?.properties ?? {}) as { [field: string]: StructuralSchema };
}
