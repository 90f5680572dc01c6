/** Key sets that somebody uploaded because their issuer cannot be asked. Source: RFC 7517 §5. */
import type { Json, JsonObject } from '../../json.ts'
import { type KeyProblem, type KeyUse, parseKeySet } from './key-set.ts'
import { parseStrictJson } from './strict-json.ts'
import type { ProviderKeys } from './verify-jwt.ts'

export interface UploadRules {
  readonly use: KeyUse
  /** What the document is called in a fault. */
  readonly name: string
  readonly mostBytes: number
  readonly mostKeys: number
  readonly mostMembers: number
}

export interface JudgedUpload {
  /** Null where the text is none. */
  readonly document: JsonObject | null
  readonly problems: readonly KeyProblem[]
  /** Each goes on after the field's name; empty when the document can be used. */
  readonly faults: readonly string[]
}

/** Of one uploaded set; the rest would be more of the same. */
const SHOWN_FAULTS = 20

/** Judged more strictly than fetched sets: whoever uploads can correct them. */
export function judgeUpload(value: Json, rules: UploadRules): JudgedUpload {
  const no = (fault: string): JudgedUpload => ({ document: null, problems: [], faults: [fault] })
  if (typeof value !== 'string') return no(`must be a ${rules.name} as text`)
  const bytes = Buffer.from(value)
  if (bytes.length > rules.mostBytes) return no(`must be at most ${rules.mostBytes / 1_024} KiB`)
  const document = parseStrictJson(bytes, rules.mostMembers)
  if (typeof document === 'string') return no(`must be {"keys":[…]}: ${document}`)
  const parsed = parseKeySet(document, rules.use, rules.mostKeys)
  if (parsed === null) return no(`must be {"keys":[…]} with at most ${rules.mostKeys} keys`)
  const { problems } = parsed
  const wrong = problems.filter(({ kind }) => kind === 'wrong').slice(0, SHOWN_FAULTS)
  const faults = wrong.map(({ index, message }) => `keys[${index}] ${message}`)
  if (parsed.set !== null || faults.length > 0) return { document, problems, faults }
  const wanted = rules.use === 'sig' ? 'for signatures' : `with the use ${rules.use}`
  return { document, problems, faults: [`must have at least one key ${wanted}`] }
}

/** Nothing is fetched for a provider whose keys were uploaded: they are all there is until the next upload. */
export function uploadedKeys(text: string, use: KeyUse): ProviderKeys {
  const document = parseStrictJson(Buffer.from(text), Number.POSITIVE_INFINITY)
  const set = typeof document === 'string' ? null : (parseKeySet(document, use, Number.POSITIVE_INFINITY)?.set ?? null)
  return { current: () => set ?? Promise.resolve(null), newer: async () => (set === null ? 'unavailable' : 'absent') }
}
