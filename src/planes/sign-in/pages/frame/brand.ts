/** What an organisation shows of itself on its pages: a name and a colour. */
import type { JsonObject } from '../../../../json.ts'
import type { Organisation } from '../../../../registry/organisation.ts'
import { type Colour, parseColour } from './colour.ts'

export interface Brand {
  readonly name: string
  /** Null: the house's own. */
  readonly colour: Colour | null
}

/** Longest name shown: more would push the form off a phone. */
const NAME_CHARACTERS = 80

/** The organisation's branding as far as it is fit to be shown, else its display name; null where it has no name. */
export function brandOf(organisation: Pick<Organisation, 'displayName' | 'settings'>): Brand | null {
  const branding = objectOf(organisation.settings.branding)
  const name = textOf(branding.name) ?? textOf(organisation.displayName)
  return name === null ? null : { name, colour: parseColour(branding.color) }
}

function textOf(value: unknown): string | null {
  // By characters: half of one would be shown as a box.
  const text = typeof value === 'string' ? [...value.trim()].slice(0, NAME_CHARACTERS).join('') : ''
  return text === '' ? null : text
}

function objectOf(value: JsonObject[string] | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  // Sound: JSON that is neither a list nor a single value.
  return value as JsonObject
}
