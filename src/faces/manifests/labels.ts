/** Label selectors by equality: `a=b`, `a==b`, `a!=b`, `a`, `!a`, joined by commas. Source: Kubernetes, "Labels and Selectors". */
import { invalidFields } from '../../fault.ts'

const TERM = /^(?:(!)?\s*([\w./-]{1,317})|([\w./-]{1,317})\s*(==?|!=)\s*([\w.-]{0,63}))$/

/** The test that a selector stands for; an absent one lets everything through. */
export function labelTest(selector: string | undefined): (labels: Readonly<Record<string, string>>) => boolean {
  const terms = (selector ?? '').split(',').map((term) => term.trim())
  const tests = terms.filter((term) => term !== '').map(testOf)
  return (labels) => tests.every((test) => test(labels))
}

function testOf(term: string): (labels: Readonly<Record<string, string>>) => boolean {
  const parts = TERM.exec(term)
  if (parts === null) {
    const message = 'takes terms like a=b, a!=b, a and !a, joined by commas'
    throw invalidFields([{ path: 'labelSelector', code: 'field.invalid', message }])
  }
  const [, not, present, name = '', operator, value] = parts
  if (present !== undefined) return (labels) => Object.hasOwn(labels, present) !== (not === '!')
  return (labels) => (Object.hasOwn(labels, name) && labels[name] === value) !== (operator === '!=')
}
