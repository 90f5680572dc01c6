/** Answers with a page, in the language of the browser and the looks of the organisation. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorKey, errorPage } from '../pages/error.ts'
import { brandOf } from '../pages/frame/brand.ts'
import type { Page, View } from '../pages/frame/page.ts'
import { headersOf } from '../pages/frame/policy.ts'
import { languageOf } from '../pages/words/language.ts'
import type { SignInOptions } from './options.ts'

interface Shown {
  readonly error: ErrorKey
  readonly decision: string | null
  readonly organisation?: string
  readonly status: number
  /** Where it can be tried again. */
  readonly again?: string | null
}

export async function showError(at: SignInOptions, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const view = await viewOf(at, request, shown.organisation ?? null, null)
  const page = errorPage({
    ...view,
    error: shown.error,
    decision: shown.decision,
    again: shown.again ?? null,
    back: null,
  })
  return show(reply, page, shown.status)
}

export function show(reply: FastifyReply, page: Page, status = 200) {
  return reply.code(status).headers(headersOf(page)).send(page.html)
}

export async function viewOf(
  at: SignInOptions,
  request: FastifyRequest,
  organisation: string | null,
  uiLocales: string | null,
): Promise<View> {
  const found = organisation === null ? null : await at.registry.stores.organisations.get(organisation)
  const accept = request.headers['accept-language'] ?? null
  return { language: languageOf(uiLocales, accept), brand: found === null ? null : brandOf(found) }
}
