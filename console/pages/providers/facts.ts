/** A provider's settings as lines to read: plain labels, short values, and long texts kept folded. */
import { humanised } from '../../ui/words.ts'

export interface Fact {
  readonly label: string
  readonly value: string
  /** `text` in running type, `code` to be read letter by letter, `long` folded away. */
  readonly form: 'text' | 'code' | 'long'
}

/** What stands in the page's head already. */
const ELSEWHERE: readonly string[] = ['displayName', 'disabled', 'enabled']

/** Where the name in the API says too little. */
const LABELS: Readonly<Record<string, string>> = {
  issuer: 'Issuer',
  issuerUrl: 'Issuer',
  issuerUri: 'Issuer',
  idpEntityId: 'Entity id',
  idpMetadataXml: 'Metadata',
  metadataUrl: 'Address of the metadata',
  knownProvider: 'Known source',
  jwksJson: 'Uploaded keys',
  jwksUrl: 'Address of the keys',
  caPem: 'Own authorities',
  bundleJson: 'Uploaded bundle',
  bundleEndpointUrl: 'Address of the bundle',
  maxTokenAgeSeconds: 'Oldest token, in seconds',
  singleUse: 'Each token once',
  attributeCondition: 'Condition',
  expireTime: 'Expires',
  acrValues: 'Levels (acr)',
  conditionalAccessIds: 'Authentication contexts',
}

/** Longer than this is read only by those who want to. */
const SHORT_CHARACTERS = 160

export function factsOf(spec: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(spec).flatMap(([name, value]) => (ELSEWHERE.includes(name) ? [] : factOf(name, value)))
}

function factOf(name: string, value: unknown): Fact[] {
  if (value === null || value === undefined || value === '') return []
  const label = LABELS[name] ?? humanised(name)
  if (typeof value === 'boolean') return [{ label, value: value ? 'yes' : 'no', form: 'text' }]
  if (typeof value === 'number') return [{ label, value: String(value), form: 'text' }]
  if (typeof value === 'string') return [{ label, value, form: formOf(value) }]
  if (Array.isArray(value)) return value.length === 0 ? [] : [listFact(label, value)]
  // A block of settings is its settings: who reads wants to know what is set, not where it lies.
  return factsOf(Object(value))
}

function listFact(label: string, list: readonly unknown[]): Fact {
  if (list.every((one) => typeof one === 'string')) {
    const value = list.join(', ')
    return { label, value, form: value.length > SHORT_CHARACTERS ? 'long' : 'code' }
  }
  const lines = list.map(pairOf)
  if (lines.every((line) => line !== null)) return { label, value: lines.join('\n'), form: 'code' }
  return { label, value: JSON.stringify(list, null, 2), form: 'long' }
}

/** A line of a mapping: what it makes, and of what. */
function pairOf(one: unknown): string | null {
  const { key, value, ...more } = Object(one)
  const isPair = typeof key === 'string' && typeof value === 'string' && Object.keys(more).length === 0
  return isPair ? `${key} ← ${value}` : null
}

function formOf(text: string): Fact['form'] {
  if (text.length > SHORT_CHARACTERS || /\n|^\s*\{/.test(text)) return 'long'
  // Sentences have spaces; addresses, ids and enumerations have none.
  return /\s/.test(text) ? 'text' : 'code'
}
