/** The validator's errors as field faults: all of them, in words, by the path in the body as the caller spelt it. */
import type { FieldFault } from '../fault.ts'

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** More than a person reads; bounds the answer to a hostile body. */
const SHOWN = 50

export function schemaFaults(
  error: Error & { readonly validation?: unknown; readonly validationContext?: unknown },
): FieldFault[] {
  const errors = Array.isArray(error.validation) ? error.validation : []
  const faults = new Map<string, FieldFault>()
  for (const raw of errors) {
    if (faults.size >= SHOWN) break
    // Ajv's own shape; Fastify passes it through.
    const { keyword, instancePath, params = {}, message = 'is not valid' } = raw as SchemaError
    // The branches of a union say more than the union itself.
    if (keyword === 'anyOf' || keyword === 'if') continue
    const fault = faultOf(pathOf(instancePath), keyword, params, message)
    faults.set(`${fault.path} ${fault.message}`, fault)
  }
  if (faults.size > 0) return [...faults.values()]
  return [{ path: 'body', code: 'request.invalid', message: error.message }]
}

function faultOf(
  path: string,
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  message: string,
): FieldFault {
  const at = (name: unknown) => (path === '' ? String(name) : `${path}.${String(name)}`)
  switch (keyword) {
    case 'additionalProperties':
      return { path: at(params.additionalProperty), code: 'field.unknown', message: 'is not a field of this object' }
    case 'required':
      return { path: at(params.missingProperty), code: 'field.missing', message: 'is required' }
    case 'type':
      return { path: path || 'body', code: 'field.type', message: `must be ${[params.type].flat().join(' or ')}` }
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
      return { path, code: 'field.too_long', message: message.replace(/^must NOT have more than/, 'has more than') }
    default:
      return { path: path || 'body', code: 'field.invalid', message }
  }
}

/** `/oidc/allowedAudiences/2` → `oidc.allowedAudiences[2]` */
function pathOf(pointer: string): string {
  const names = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.map((name, index) => (/^\d+$/.test(name) ? `[${name}]` : index === 0 ? name : `.${name}`)).join('')
}
