/** How the tests of this face ask, and read what is answered. */
import type { Answer, TestApp } from '../../testing/app.ts'

export const PROVIDERS = '/api/v1/step-up/providers'
export const TENANT = 'contoso.example'

/** The member at the path; undefined where there is none. */
export function at(answer: Answer, ...path: string[]): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], answer.body)
}

export function violationsOf(answer: Answer): { field: string; description: string }[] {
  return [at(answer, 'details')].flat().flatMap((detail) => Object(detail).fieldViolations ?? [])
}

export const violations = (answer: Answer) => violationsOf(answer).map(({ field }) => field)

/** Ids of a list, in its order. */
export const ids = (answer: Answer) => [at(answer, 'list')].flat().map((item) => Object(item).id)

/** Creates a provider in `default` through the face, and tells its id. */
export async function make(app: TestApp, body: object): Promise<string> {
  const answer = await app.send('POST', PROVIDERS, { clientId: 'c', issuerUrl: 'https://idp.example.com', ...body })
  if (answer.status !== 200) throw new TypeError(answer.text)
  return String(at(answer, 'stepUpProvider', 'id'))
}

export const makeOauth2 = (app: TestApp, displayName: string) =>
  make(app, { displayName, oauth2: { acrValues: ['phr'] } })

export const makeMicrosoft = (app: TestApp, displayName: string) =>
  make(app, {
    displayName,
    issuerUrl: null,
    microsoft: { tenant: TENANT, conditionalAccessIds: ['C1'], validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS' },
  })
