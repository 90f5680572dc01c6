/** Settings of a workload provider that speaks OpenID Connect. Source: CONTRACT.md section 3, WorkloadProvider.oidc. */
import { X509Certificate } from 'node:crypto'
import type { FieldFault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { parseKeySet } from '../jose/key-set.ts'

/** A hundred keys of 4096 bits. */
const JWKS_CHARACTERS = 64 * 1024
const PEM_CHARACTERS = 64 * 1024
/** Source: Google's workload identity pools, allowedAudiences. */
const AUDIENCES = { entries: 10, characters: 256 }
/** A minute to two days: tokens live 48 hours at most (CONTRACT.md section 5). */
const AGE_SECONDS = { least: 60, most: 172_800 }

type Check = (value: unknown, path: string) => FieldFault[]

const CHECKS: Readonly<Record<string, Check>> = {
  jwksJson: jwksFaults,
  allowedAudiences: audienceFaults,
  caPem: pemFaults,
  maxTokenAgeSeconds: ageFaults,
  singleUse: (value, path) => (typeof value === 'boolean' ? [] : [invalid(path, 'must be true or false')]),
}

/** The settings as given, with every fault in them. */
export function parseOidcSettings(input: JsonObject): { settings: JsonObject; faults: FieldFault[] } {
  const faults = Object.entries(input).flatMap(([name, value]) => {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined
    const path = `oidc.${name}`
    return check === undefined ? [{ path, code: 'field.unknown', message: 'is not a setting' }] : check(value, path)
  })
  return { settings: input, faults }
}

function invalid(path: string, message: string): FieldFault {
  return { path, code: 'field.invalid', message }
}

/** Uploaded sets are judged more strictly than fetched ones: whoever uploads can correct them. */
function jwksFaults(value: unknown, path: string): FieldFault[] {
  if (typeof value !== 'string') return [invalid(path, 'must be a JSON Web Key Set as text')]
  if (value.length > JWKS_CHARACTERS) return [{ path, code: 'field.too_long', message: 'is larger than 64 KiB' }]
  let document: unknown
  try {
    document = JSON.parse(value)
  } catch {
    return [invalid(path, 'is not JSON')]
  }
  const set = parseKeySet(document)
  if (set === null) return [invalid(path, 'is not a JSON Web Key Set: {"keys":[…]}')]
  const grave = set.skipped.filter((reason) =>
    /private|kty oct|bits|beyond|not a public key|not an object/.test(reason),
  )
  const faults = grave.map((reason) => invalid(path, reason))
  if (set.keys.length === 0) faults.push(invalid(path, 'holds no usable signing key'))
  return faults
}

function audienceFaults(value: unknown, path: string): FieldFault[] {
  if (!Array.isArray(value)) return [invalid(path, 'must be a list of texts')]
  const faults: FieldFault[] = []
  if (value.length > AUDIENCES.entries) {
    faults.push({ path, code: 'field.too_long', message: `has more than ${AUDIENCES.entries} entries` })
  }
  value.forEach((audience: unknown, index) => {
    if (typeof audience === 'string' && audience !== '' && audience.length <= AUDIENCES.characters) return
    faults.push(invalid(`${path}[${index}]`, `must be a text of 1 to ${AUDIENCES.characters} characters`))
  })
  return faults
}

function pemFaults(value: unknown, path: string): FieldFault[] {
  if (typeof value !== 'string' || value.length > PEM_CHARACTERS)
    return [invalid(path, 'must be PEM of at most 64 KiB')]
  const blocks = value.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0 || value.includes('PRIVATE KEY'))
    return [invalid(path, 'must hold certificates and nothing else')]
  try {
    for (const block of blocks) new X509Certificate(block)
    return []
  } catch {
    return [invalid(path, 'holds a certificate that cannot be read')]
  }
}

function ageFaults(value: unknown, path: string): FieldFault[] {
  const whole = typeof value === 'number' && Number.isInteger(value)
  if (whole && value >= AGE_SECONDS.least && value <= AGE_SECONDS.most) return []
  return [invalid(path, `must be a whole number from ${AGE_SECONDS.least} to ${AGE_SECONDS.most}`)]
}
