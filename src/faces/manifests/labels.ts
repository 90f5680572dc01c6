/**
 * Label selectors, by equality and by sets: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, joined by commas.
 *
 * Source: Kubernetes, "Labels and Selectors". Where a label is absent, `!=` and `notin` let the object through.
 */
import { invalidFields } from '../../fault.ts'

const KEY = '([\\w./-]{1,317})'
const VALUE = '[\\w.-]{0,63}'
const PRESENCE = new RegExp(`^(!)?\\s*${KEY}$`)
const EQUALITY = new RegExp(`^${KEY}\\s*(==?|!=)\\s*(${VALUE})$`)
const SET = new RegExp(`^${KEY}\\s+(in|notin)\\s*\\(\\s*(${VALUE}(?:\\s*,\\s*${VALUE})*)\\s*\\)$`)
/** A term, up to the comma that is in no parentheses. */
const TERMS = /[^,()]*(?:\([^()]*\)[^,()]*)?(?:,|$)/y

type Test = (labels: Readonly<Record<string, string>>) => boolean

/** The test that a selector stands for; an absent one lets everything through. */
export function labelTest(selector: string | undefined): Test {
  const terms = termsOf(selector ?? '').map((term) => term.trim())
  const tests = terms.filter((term) => term !== '').map(testOf)
  return (labels) => tests.every((test) => test(labels))
}

function termsOf(selector: string): string[] {
  const terms: string[] = []
  TERMS.lastIndex = 0
  while (TERMS.lastIndex < selector.length) {
    const found = TERMS.exec(selector)
    if (found === null) throw unreadable()
    terms.push(found[0].replace(/,$/, ''))
  }
  return terms
}

function testOf(term: string): Test {
  const [, not, present] = PRESENCE.exec(term) ?? []
  if (present !== undefined) return (labels) => Object.hasOwn(labels, present) !== (not === '!')
  const [, name, operator, value] = EQUALITY.exec(term) ?? []
  if (name !== undefined && value !== undefined) return oneOf(name, [value], operator === '!=')
  const [, key, word, list] = SET.exec(term) ?? []
  if (key === undefined || list === undefined) throw unreadable()
  return oneOf(
    key,
    list.split(',').map((one) => one.trim()),
    word === 'notin',
  )
}

function oneOf(name: string, values: readonly string[], isTurned: boolean): Test {
  return (labels) => (Object.hasOwn(labels, name) && values.includes(labels[name] ?? '')) !== isTurned
}

function unreadable() {
  const message = 'takes terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas'
  return invalidFields([{ path: 'labelSelector', code: 'field.invalid', message }])
}
