/**
 * Settings of a SAML 2.0 identity provider that people sign in with.
 *
 * Source: the identity-providers and workforce-manifest pages; wire.md sections 3.1 and 4.2 name the values.
 */
import type { FieldFault } from '../../fault.ts'
import type { Json, JsonObject } from '../../json.ts'
import { type Check, flag, oneOf, text, texts, webUrl } from '../oidc/setting-checks.ts'
import { MOST_SIGNING_KEYS, readSigningCertificates, splitCertificates } from './certificates.ts'
import { type SamlCode, samlFieldFault } from './faults.ts'
import {
  ENTITY_ID_CHARACTERS,
  isEntityId,
  NAME_ID_FORMAT_CHARACTERS,
  readIdpMetadata,
  requireOverlap,
} from './metadata.ts'
import { TRANSIENT } from './names.ts'

export interface SamlSettingsOptions {
  readonly now: Date
  readonly allowHttp: (url: string) => boolean
  /** The settings that these replace; new metadata must share a key with their metadata. */
  readonly before?: JsonObject | undefined
}

/** A value as it is stored, or what is wrong with it. */
type Judged = { readonly value: Json } | { readonly code: SamlCode; readonly problems: readonly string[] }
type Judge = (value: Json) => Judged

/** Several certificates with their PEM armour and the comments of whoever made them. */
const CERTIFICATE_CHARACTERS = 65_536
/** Source: SAML 2.0 Core §3.3.2.2.1: references are URIs; nobody asks for more than two or three. */
const CONTEXTS = { entries: 10, characters: 256 }
/** Attribute names are URIs at the longest, like `http://schemas.xmlsoap.org/…/emailaddress`. */
const ATTRIBUTE_CHARACTERS = 256

/** The settings as they are stored (certificates normalised, null ones dropped), and every fault in them. */
export function parseSamlSettings(
  input: JsonObject,
  options: SamlSettingsOptions,
): { settings: JsonObject; faults: FieldFault[] } {
  const judges = judgesOf(options)
  const settings: Record<string, Json> = {}
  const faults: FieldFault[] = []
  for (const [name, given] of Object.entries(input)) {
    if (given === null) continue
    const judge = Object.hasOwn(judges, name) ? judges[name] : undefined
    if (judge === undefined) {
      faults.push(samlFieldFault('field.unknown', name.slice(0, 80), 'is not a setting'))
      continue
    }
    const judged = judge(given)
    settings[name] = 'value' in judged ? judged.value : given
    if ('problems' in judged) faults.push(...judged.problems.map((one) => samlFieldFault(judged.code, name, one)))
  }
  return {
    settings,
    faults: [...faults, ...missing(settings), ...contradictions(settings), ...lost(settings, options)],
  }
}

function judgesOf({ now, allowHttp }: SamlSettingsOptions): Readonly<Record<string, Judge>> {
  const url = plain('saml.url_invalid', webUrl(allowHttp))
  const boolean = plain('saml.value_invalid', flag)
  const value = (check: Check) => plain('saml.value_invalid', check)
  return {
    metadataXml: (given) => judgeMetadata(given, now, allowHttp),
    metadataUrl: url,
    idpEntityId: value(entityId),
    ssoUrl: url,
    sloUrl: url,
    nameIdFormat: value(nameIdFormat),
    signingCertificate: (given) => judgeCertificates(given, now),
    wantAuthnRequestsSigned: boolean,
    postBindingAuthnRequest: boolean,
    postBindingResponse: boolean,
    forceAuthn: boolean,
    pinNameIdFormat: boolean,
    wantAssertionsEncrypted: boolean,
    allowIdpInitiated: boolean,
    allowSha1: boolean,
    authnContextClassRefs: value(texts(CONTEXTS.entries, CONTEXTS.characters)),
    principalType: value(oneOf(['SUBJECT', 'ATTRIBUTE', 'FRIENDLY_ATTRIBUTE'])),
    principalAttribute: value(text(ATTRIBUTE_CHARACTERS)),
    // The probe's own words, which come back with every change.
    discovered: (given) => ({ value: given }),
  }
}

function plain(code: SamlCode, check: Check): Judge {
  return (value) => {
    const problem = check(value)
    return problem === null ? { value } : { code, problems: [problem] }
  }
}

const entityId: Check = (value) =>
  typeof value === 'string' && isEntityId(value)
    ? null
    : `must be a text of 1 to ${ENTITY_ID_CHARACTERS} characters that can be shown, without white space around it`

/** Source: SAML 2.0 Core §8.3: URIs, all of the known ones are URNs. */
const nameIdFormat: Check = (value) =>
  typeof value === 'string' && value.length <= NAME_ID_FORMAT_CHARACTERS && /^urn:[a-z0-9-]+:[!-~]+$/i.test(value)
    ? null
    : `must be a URN of at most ${NAME_ID_FORMAT_CHARACTERS} characters, as urn:oasis:names:tc:SAML:2.0:nameid-format:persistent`

function judgeMetadata(value: Json, now: Date, allowHttp: (url: string) => boolean): Judged {
  const no = (problems: string[]): Judged => ({ code: 'saml.metadata_invalid', problems })
  if (typeof value !== 'string' || value === '') return no(['must be the XML of the metadata as text'])
  const judged = readIdpMetadata(value, now, { allowHttp })
  return 'metadata' in judged ? { value } : no(judged.faults.map(({ message }) => message))
}

function judgeCertificates(value: Json, now: Date): Judged {
  const no = (problems: readonly string[]): Judged => ({ code: 'saml.certificate_invalid', problems })
  const form = 'must be certificates, as PEM blocks or base64, and nothing else'
  if (typeof value !== 'string' || value.length > CERTIFICATE_CHARACTERS) return no([form])
  const texts = splitCertificates(value)
  if (texts === null || texts.length === 0) return no([form])
  // So many fields of one fault each would say no more than this.
  if (texts.length > MOST_SIGNING_KEYS) return no([`must be at most ${MOST_SIGNING_KEYS} certificates`])
  const { certificates, problems } = readSigningCertificates(texts, now)
  return problems.length > 0 ? no(problems) : { value: certificates.map(({ base64 }) => base64).join(',') }
}

function missing(settings: JsonObject): FieldFault[] {
  if (settings.metadataXml !== undefined || settings.metadataUrl !== undefined) return []
  return ['ssoUrl', 'signingCertificate']
    .filter((name) => settings[name] === undefined)
    .map((name) => samlFieldFault('saml.setting_missing', name, 'is required without metadata'))
}

function contradictions({ principalType, principalAttribute, nameIdFormat }: JsonObject): FieldFault[] {
  const faults: FieldFault[] = []
  const bySubject = principalType === undefined || principalType === 'SUBJECT'
  if (!bySubject && principalAttribute === undefined) {
    const message = 'is required where principalType is ATTRIBUTE or FRIENDLY_ATTRIBUTE'
    faults.push(samlFieldFault('saml.setting_missing', 'principalAttribute', message))
  }
  if (bySubject && nameIdFormat === TRANSIENT) {
    const message = 'must not be transient where principalType is SUBJECT'
    faults.push(samlFieldFault('saml.name_id_transient', 'nameIdFormat', message))
  }
  return faults
}

/** Uploaded metadata must keep a key in use, or everybody would be locked out until the provider follows. */
function lost({ metadataXml }: JsonObject, { now, allowHttp, before = {} }: SamlSettingsOptions): FieldFault[] {
  if (typeof metadataXml !== 'string' || metadataXml === before.metadataXml) return []
  const after = readIdpMetadata(metadataXml, now, { allowHttp })
  // Those that are not good have their own faults.
  if (!('metadata' in after)) return []
  return requireOverlap(keysInUse(before, now, allowHttp), after.metadata.signingCertificates, now)
}

/** Of uploaded metadata, else typed or fetched; old metadata that are no longer good hold nothing back. */
function keysInUse(before: JsonObject, now: Date, allowHttp: (url: string) => boolean): readonly string[] {
  const { metadataXml, signingCertificate = Object(before.discovered).signingCertificate } = before
  if (typeof metadataXml !== 'string')
    return typeof signingCertificate === 'string' ? signingCertificate.split(',') : []
  const old = readIdpMetadata(metadataXml, now, { allowHttp })
  return 'metadata' in old ? old.metadata.signingCertificates : []
}
