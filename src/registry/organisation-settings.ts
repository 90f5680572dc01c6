/** What an organisation may set beside its own members: as small as it should be, and its levels such as can be reached. */
import type { FieldFault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import { fieldFault } from './faults.ts'
import { isLevel, LEVELS } from './levels.ts'
import { ORGANISATION_SETTINGS_CHARACTERS } from './limits.ts'
import { isId } from './names.ts'

/** As of a step-up provider's `acrValues`. */
const VALUE_CHARACTERS = 256

export function settingsFaults(settings: JsonObject): FieldFault[] {
  if (JSON.stringify(settings).length > ORGANISATION_SETTINGS_CHARACTERS) {
    const message = `must have at most ${ORGANISATION_SETTINGS_CHARACTERS} characters as JSON`
    return [fieldFault('field.too_long', 'settings', message)]
  }
  const { levels } = settings
  return Array.isArray(levels) ? levels.flatMap((line, index) => lineFaults(Object(line), `levels[${index}]`)) : []
}

/** A line that can never be reached protects nothing, and nobody would notice. The provider may come later than its line. */
function lineFaults({ level, provider, values }: Readonly<Record<string, Json>>, path: string): FieldFault[] {
  const faults: FieldFault[] = []
  if (!isLevel(level))
    faults.push(fieldFault('organisation.level_invalid', `${path}.level`, `must be one of ${LEVELS.join(', ')}`))
  if (typeof provider !== 'string' || !isId(provider))
    faults.push(fieldFault('organisation.level_invalid', `${path}.provider`, 'must be the name of a provider'))
  if (!Array.isArray(values) || values.length === 0 || !values.every(isWord)) {
    const message = `must have one or more words of 1 to ${VALUE_CHARACTERS} characters without spaces`
    faults.push(fieldFault('organisation.level_invalid', `${path}.values`, message))
  }
  return faults
}

/** Sent upstream in a list that is separated by spaces. */
function isWord(value: Json): boolean {
  return typeof value === 'string' && value.length <= VALUE_CHARACTERS && /^[\x21-\x7e]+$/.test(value)
}
