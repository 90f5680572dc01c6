/** Settings of a workload provider that speaks OpenID Connect. Source: CONTRACT.md section 3, `WorkloadProvider.oidc`. */
import { X509Certificate } from 'node:crypto'
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { type ProtocolCode, settingFault } from '../faults.ts'
import { judgeUpload, type UploadRules } from '../jose/uploaded-keys.ts'

/** A hundred keys of 4096 bits with all of RFC 7517's optional members, and no more text than that takes. */
const JWKS: UploadRules = {
  use: 'sig',
  name: 'JSON Web Key Set',
  mostBytes: 65_536,
  mostKeys: 100,
  mostMembers: 2_000,
}
const PEM_CHARACTERS = 65_536
/** Source: Google's workload identity pools, `allowedAudiences`. */
const AUDIENCES = { entries: 10, characters: 256 }
/** A minute to two days: tokens live 48 hours at most (CONTRACT.md section 5). */
const AGE_SECONDS = { least: 60, most: 172_800 }

type Check = (value: Json) => FieldFault[]

const CHECKS: Readonly<Record<string, Check>> = {
  jwksJson: jwksFaults,
  allowedAudiences: audienceFaults,
  caPem: caFaults,
  maxTokenAgeSeconds: ageFaults,
  singleUse: singleUseFaults,
}

/** The settings as given, without those that are null, and every fault in them. */
export function parseWorkloadSettings(input: JsonObject): { settings: JsonObject; faults: FieldFault[] } {
  const given = Object.entries(input).filter(([, value]) => value !== null)
  const faults = given.flatMap(([name, value]) => {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined
    return check?.(value) ?? [settingFault('field.unknown', `oidc.${name}`, 'is not a setting')]
  })
  return { settings: Object.fromEntries(given), faults }
}

const wrong = (code: ProtocolCode, name: string, message: string): FieldFault =>
  settingFault(code, `oidc.${name}`, message)

/** What is wrong with an uploaded key set, or null: all of it in one sentence. */
export function jwksFault(value: Json): string | null {
  const faults = jwksFaults(value)
  return faults.length === 0 ? null : faults.map(({ message }) => message).join('; ')
}

function jwksFaults(value: Json): FieldFault[] {
  return judgeUpload(value, JWKS).faults.map((message) => wrong('oidc.jwks_invalid', 'jwksJson', message))
}

function audienceFaults(value: Json): FieldFault[] {
  const no = (name: string, message: string) => wrong('oidc.audience_invalid', name, message)
  if (!Array.isArray(value)) return [no('allowedAudiences', 'must be a list of texts')]
  const faults =
    value.length > AUDIENCES.entries ? [no('allowedAudiences', `must have at most ${AUDIENCES.entries}`)] : []
  for (const [index, audience] of value.slice(0, AUDIENCES.entries).entries()) {
    if (typeof audience === 'string' && isAudience(audience)) continue
    const message = `must be a text of 1 to ${AUDIENCES.characters} characters that can be shown`
    faults.push(no(`allowedAudiences[${index}]`, message))
  }
  return faults
}

function isAudience(text: string): boolean {
  return text !== '' && text.length <= AUDIENCES.characters && !/[\p{Cc}\p{Surrogate}]/u.test(text)
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

function caFaults(value: Json): FieldFault[] {
  const no = (message: string) => [wrong('oidc.ca_invalid', 'caPem', message)]
  if (typeof value !== 'string' || value.length > PEM_CHARACTERS) return no('must be PEM of at most 64 KiB')
  const blocks = value.match(CERTIFICATE) ?? []
  // Comments between the blocks are usual in bundles; another block would be a key, or something that nobody reads.
  const others = value.replace(CERTIFICATE, '').includes('-----BEGIN')
  if (blocks.length === 0 || others) return no('must hold CERTIFICATE blocks and no others')
  try {
    for (const block of blocks) new X509Certificate(block)
    return []
  } catch {
    return no('has a certificate that cannot be read')
  }
}

function ageFaults(value: Json): FieldFault[] {
  const { least, most } = AGE_SECONDS
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return []
  return [wrong('oidc.age_invalid', 'maxTokenAgeSeconds', `must be a whole number from ${least} to ${most}`)]
}

function singleUseFaults(value: Json): FieldFault[] {
  return typeof value === 'boolean' ? [] : [wrong('oidc.single_use_invalid', 'singleUse', 'must be true or false')]
}
