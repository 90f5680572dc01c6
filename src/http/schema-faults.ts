/** The validator's errors as field faults: all of them, in words, by the path in the body as the caller spelt it. */
import type { FieldFault } from '../fault.ts'

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** More than a person reads; bounds the answer to a hostile body, as does the length of the names in it. */
const SHOWN = 50
const PATH_CHARACTERS = 200

/** What a caller may read of a body, query or path that its schema refuses. */
export function schemaFaults(
  error: Error & { readonly validation?: unknown; readonly validationContext?: unknown },
): FieldFault[] {
  const errors = Array.isArray(error.validation) ? error.validation : []
  const whole = typeof error.validationContext === 'string' ? error.validationContext : 'body'
  const faults = new Map<string, FieldFault>()
  const types = new Map<string, Set<string>>()
  for (const raw of errors) {
    if (faults.size >= SHOWN) break
    // Ajv's own shape; Fastify passes it through.
    const { keyword, instancePath, params = {}, message = 'is not valid' } = raw as SchemaError
    // The branches of a union say more than the union itself.
    if (keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'if') continue
    const path = shortened(pathOf(instancePath) || whole)
    if (keyword === 'type') {
      // The branches of a union differ by type: one fault names them all.
      const wanted = types.get(path) ?? new Set()
      for (const type of [params.type].flat()) wanted.add(String(type))
      types.set(path, wanted)
      faults.set(`${path} type`, { path, code: 'field.type', message: `must be ${[...wanted].join(' or ')}` })
      continue
    }
    const fault = faultOf(pathOf(instancePath), path, keyword, params, message)
    faults.set(`${fault.path} ${fault.message}`, fault)
  }
  if (faults.size > 0) return [...faults.values()]
  return [{ path: whole, code: 'request.invalid', message: 'is not valid' }]
}

function faultOf(
  parent: string,
  path: string,
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  message: string,
): FieldFault {
  const at = (name: unknown) => shortened(parent === '' ? String(name) : `${parent}.${String(name)}`)
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        path: at(params.additionalProperty ?? params.unevaluatedProperty),
        code: 'field.unknown',
        message: 'is not a field of this object',
      }
    case 'required':
      return { path: at(params.missingProperty), code: 'field.missing', message: 'is required' }
    case 'enum': {
      const values = Array.isArray(params.allowedValues) ? params.allowedValues : []
      return {
        path,
        code: 'field.invalid',
        message: `must be one of ${values.filter((value) => value !== null).join(', ')}`,
      }
    }
    case 'const':
      return { path, code: 'field.invalid', message: `must be ${String(params.allowedValue)}` }
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return { path, code: 'field.too_long', message: message.replace(/^must NOT have/, 'has') }
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { path, code: 'field.invalid', message: message.replace(/^must NOT have/, 'has') }
    default:
      return { path, code: 'field.invalid', message }
  }
}

function shortened(path: string): string {
  return path.length > PATH_CHARACTERS ? `${path.slice(0, PATH_CHARACTERS)}…` : path
}

/** `/oidc/allowedAudiences/2` → `oidc.allowedAudiences[2]` */
function pathOf(pointer: string): string {
  const names = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.map((name, index) => (/^\d+$/.test(name) ? `[${name}]` : index === 0 ? name : `.${name}`)).join('')
}
