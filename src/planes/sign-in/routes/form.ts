import type { FastifyRequest } from 'fastify'
import { parseForm } from '../../../http/forms.ts'

/** Each member once; null for what is no form. */
export function formOf({ body }: FastifyRequest): Readonly<Record<string, string>> | null {
  const parsed = parseForm(typeof body === 'string' ? body : '')
  if (!parsed.ok || [...parsed.parameters.values()].some((values) => values.length > 1)) return null
  return Object.fromEntries([...parsed.parameters].map(([name, [value = '']]) => [name, value]))
}
