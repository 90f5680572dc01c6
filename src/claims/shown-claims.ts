/** Claims as an operator sees them whole: without secrets, and no longer than somebody reads. */
import type { Json, JsonObject } from '../json.ts'
import { isJsonList } from './values.ts'
import { withoutSecrets } from './withheld.ts'

/** Of one text; names of groups and pictures' addresses are shorter. */
const TEXT_CHARACTERS = 1_024
/** Of all values together, so that a decision stays a small record. */
const TOTAL_CHARACTERS = 32_768
/** What stands there anyway, for each member: quotes and commas. */
const MEMBER_CHARACTERS = 4

/** The same claims, shortened with an ellipsis where they are long; each member that a secret's name tells is withheld. */
export function shownClaims(claims: Readonly<Record<string, Json>>): JsonObject {
  const budget = { left: TOTAL_CHARACTERS }
  return Object(shortened(withoutSecrets({ ...claims }), budget))
}

function shortened(value: Json, budget: { left: number }): Json {
  budget.left -= MEMBER_CHARACTERS
  if (typeof value === 'string') {
    const length = Math.max(0, Math.min(TEXT_CHARACTERS, budget.left))
    budget.left -= Math.min(length, value.length)
    return value.length <= length ? value : `${value.slice(0, length)}…`
  }
  if (typeof value !== 'object' || value === null) return value
  if (isJsonList(value)) {
    const items: Json[] = []
    for (const item of value) {
      if (budget.left <= 0) return [...items, '…']
      items.push(shortened(item, budget))
    }
    return items
  }
  const members: [string, Json][] = []
  for (const [name, member] of Object.entries(value)) {
    if (budget.left <= 0) return Object.fromEntries([...members, ['…', '…']])
    budget.left -= name.length
    members.push([name, shortened(member, budget)])
  }
  return Object.fromEntries(members)
}
