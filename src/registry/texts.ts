/** Rules for texts and labels that every record shares. */
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'
import { DESCRIPTION_CHARACTERS, DISPLAY_NAME_CHARACTERS, LABELS } from './limits.ts'

/** C0 and C1 controls; tab and line breaks are judged apart, because paragraphs have them. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u
const LINE_BREAK = /[\t\n\r\u2028\u2029]/
/** A lone surrogate has no UTF-8: it would be stored as another text than was given. */
const LONE_SURROGATE = /\p{Cs}/u

/** True for texts that every engine stores and every face shows as they are. */
export function isPlainText(text: string, kind: 'line' | 'paragraph' = 'paragraph'): boolean {
  return !CONTROL.test(text) && !LONE_SURROGATE.test(text) && !(kind === 'line' && LINE_BREAK.test(text))
}

/** Faults of a text of at most `most` characters; null and blank are fine. */
export function textFaults(path: string, text: string | null, most: number, kind: 'line' | 'paragraph'): FieldFault[] {
  if (text === null) return []
  const faults: FieldFault[] = []
  if (isLongerThan(text, most)) faults.push(fieldFault('field.too_long', path, `must have at most ${most} characters`))
  if (!isPlainText(text, kind)) {
    faults.push(fieldFault('field.not_text', path, 'has control characters or broken Unicode'))
  }
  return faults
}

/** Code points, counted only where the cheap length leaves a doubt. */
function isLongerThan(text: string, most: number): boolean {
  return text.length > most && [...text.slice(0, 2 * most + 2)].length > most
}

/** Display name and description, as most records have them. */
export function nameFaults(fields: { displayName?: string | null; description?: string | null }): FieldFault[] {
  return [
    ...textFaults('displayName', fields.displayName ?? null, DISPLAY_NAME_CHARACTERS, 'line'),
    ...textFaults('description', fields.description ?? null, DESCRIPTION_CHARACTERS, 'paragraph'),
  ]
}

/** Blank is "not given": an empty name would hide the id that faces show in its place. */
export function givenText(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text
}

const LABEL_KEY = /^(?:[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$/
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-._A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/

/** Source: Kubernetes, "Labels and Selectors", syntax and character set. */
export function labelFaults(labels: Readonly<Record<string, string>> | undefined): FieldFault[] {
  if (labels === undefined) return []
  const entries = Object.entries(labels)
  const faults: FieldFault[] = []
  if (entries.length > LABELS)
    faults.push(fieldFault('field.too_many', 'labels', `must have at most ${LABELS} entries`))
  for (const [key, value] of entries.slice(0, LABELS)) {
    if (LABEL_KEY.test(key) && LABEL_VALUE.test(value)) continue
    // The key may be anything at all: only as much of it as fits into a path.
    faults.push(fieldFault('label.invalid', `labels.${key.slice(0, 80)}`, 'is not a valid label'))
  }
  return faults
}
